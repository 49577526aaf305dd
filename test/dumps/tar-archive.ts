/** A file of an archive that a test makes. */
export interface MadeMember {
  readonly name: string;
  readonly content: string | Buffer;
  /** How its header says its size. Default: in octal digits. */
  readonly size?: "octal" | "binary" | "pax";
}

/** A tar archive with these files, as GNU tar and others write them. */
export function tarOf(members: readonly MadeMember[]): Buffer {
  return Buffer.concat([...members.flatMap(blocksOf), Buffer.alloc(1024)]);
}

/** The archive of a MusicBrainz dump: what MusicBrainz puts beside the documents, and these, in its order. */
export function dumpOf(entity: string, lines: readonly string[], schemaNumber = "1"): Buffer {
  return tarOf([
    { name: "TIMESTAMP", content: "2026-11-24 00:00:00+00\n" },
    { name: "COPYING", content: "CC0\n".repeat(500) },
    { name: "REPLICATION_SEQUENCE", content: "180000\n" },
    { name: `mbdump/${entity}`, content: lines.map((line) => `${line}\n`).join("") },
    { name: "JSON_DUMPS_SCHEMA_NUMBER", content: schemaNumber },
  ]);
}

function blocksOf({ name, content, size = "octal" }: MadeMember): Buffer[] {
  const bytes = Buffer.from(content);
  if (size !== "pax") return [header(name, "0", bytes.length, size === "binary"), padded(bytes)];
  const records = Buffer.from(record("path", name) + record("size", String(bytes.length)));
  return [header("PaxHeader", "x", records.length), padded(records), header("short", "0", 0), padded(bytes)];
}

function record(key: string, value: string): string {
  const rest = ` ${key}=${value}\n`;
  const guess = rest.length + 2;
  return `${guess + (String(guess).length - 2)}${rest}`;
}

function header(name: string, type: string, size: number, isBinary = false): Buffer {
  const block = Buffer.alloc(512);
  block.write(name, 0);
  block.write("0000644\0", 100);
  if (isBinary) {
    block[124] = 0x80;
    block.writeUInt32BE(size, 132);
  } else {
    block.write(`${size.toString(8).padStart(11, "0")}\0`, 124);
  }
  block.write(`        ${type}`, 148);
  block.write("ustar\u000000", 257);
  const sum = block.reduce((total, byte) => total + byte, 0);
  block.write(`${sum.toString(8).padStart(6, "0")}\0 `, 148);
  return block;
}

function padded(bytes: Buffer): Buffer {
  return Buffer.concat([bytes, Buffer.alloc((512 - (bytes.length % 512)) % 512)]);
}
