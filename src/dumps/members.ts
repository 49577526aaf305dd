import { AccessionError } from "../engine/errors.ts";
import type { ByteReader } from "./byte-reader.ts";
import { type TarMember, tarMembers } from "./tar.ts";

/** What a MusicBrainz dump holds: documents of one sort. */
export interface DumpMember {
  /** Of which sort, as MusicBrainz calls it: `artist`, `release-group`. */
  readonly entity: string;
  /** The documents; after them, the rest of the archive is read and checked. */
  bytes(): AsyncGenerator<Buffer>;
}

/** The member that says of which form the documents are, and what it has to say. */
const schema = { member: "JSON_DUMPS_SCHEMA_NUMBER", number: "1" };
const documents = /^mbdump\/([a-z-]+)$/;

/**
 * Finds the documents in the archive of a MusicBrainz dump: the member `mbdump/<entity>`; all others are passed over.
 * MusicBrainz writes the number of the documents' form after them, others before: an unknown one is refused as soon as
 * it is seen.
 *
 * @throws AccessionError `file-invalid` for an archive without documents, or of an unknown form.
 */
export async function findDocuments(reader: ByteReader): Promise<DumpMember> {
  const members = tarMembers(reader);
  const others: string[] = [];
  for (let next = await members.next(); next.done !== true; next = await members.next()) {
    const member = next.value;
    const [, entity] = documents.exec(member.name) ?? [];
    if (entity !== undefined) return { entity, bytes: () => documentsAndRest(member, members, reader) };
    await checkSchema(member);
    others.push(member.name);
  }
  const found = others.length === 0 ? "nothing" : others.slice(0, 10).join(", ");
  throw new AccessionError("file-invalid", `The archive has no mbdump/<entity> with documents; it holds ${found}.`);
}

async function* documentsAndRest(
  member: TarMember,
  members: AsyncGenerator<TarMember>,
  reader: ByteReader,
): AsyncGenerator<Buffer> {
  yield* member.bytes();
  for (let next = await members.next(); next.done !== true; next = await members.next()) {
    if (documents.test(next.value.name)) {
      throw new AccessionError("file-invalid", `The archive holds ${member.name} and ${next.value.name}: it is none.`);
    }
    await checkSchema(next.value);
  }
  // A compression tells only at its very end whether all of it was right.
  for (let count = 1; count > 0;) count = (await reader.take(64 * 1024)).length;
}

async function checkSchema(member: TarMember): Promise<void> {
  if (member.name !== schema.member) return;
  const pieces: Buffer[] = [];
  for await (const piece of member.bytes()) if (pieces.length < 10) pieces.push(piece);
  const number = Buffer.concat(pieces).toString("utf8", 0, 20).trim();
  if (number === schema.number) return;
  throw new AccessionError(
    "file-invalid",
    `The documents of this dump are of form ${number} (${schema.member}), and this version knows form ${schema.number}.`,
  );
}
