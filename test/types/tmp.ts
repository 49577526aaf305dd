import { contributed, type Provider, type Kind } from "../../src/index.ts";
import type { SchemesOf } from "../../src/engine/kind.ts";
import { album, artist } from "../../src/music/index.ts";
declare function defineProvider<K extends Kind, Client = undefined>(
  kind: K, definition: Omit<Provider<NoInfer<K>, Client>, "kind" | "run" | "deadline" | "identifiedBy"> & {
    readonly run?: "inline" | "background";
    readonly deadline?: number;
    readonly identifiedBy?: SchemesOf<NoInfer<K>>;
  },
): Provider<K, Client>;
export const a = defineProvider(artist, { name: "x", async provide() { return contributed({ attributes: { colour: "pink" } }); } });
export const b = defineProvider(artist, { name: "x", provide: async () => contributed({ attributes: { colour: "pink" } }) });
export const c = defineProvider(artist, { name: "m", async provide() { return contributed({ attributes: { colour: "pink" } }); } });
export const i = defineProvider(artist, { name: "x", identifiedBy: "isbn", async provide() { return contributed({}); } });
export const k = defineProvider(album, { name: "x", async provide() { return contributed({ relations: [{ type: "label", to: { identifiers: [], attributes: { name: "x" } } }] }); } });
export const ok = defineProvider(album, { name: "x", source: {name: "x", connect: () => ({ a: 1 })}, async provide(_s, {client}) { return contributed({ attributes: { title: String(client.a) }, relations: [{ type: "artist", to: { identifiers: [], attributes: { name: "x" } } }] }); } });
export const x: typeof a.kind = artist;
export const x2: typeof artist = a.kind;
