/** Imports an artist from MusicBrainz: here from a sandbox that answers like it, so no network is needed. */
import { openCatalog, summary } from "accession";
import { artist, music } from "accession/music";
import { openSandbox } from "accession/testing";

const sandbox = await openSandbox();
const catalog = await openCatalog({
  database: "memory:", // or a folder, or a postgres:// URL
  packs: [music({ musicbrainz: { url: sandbox.url } })], // for musicbrainz.org itself: { contact: "you@example.org" }
});

const result = await catalog.import(artist, { name: "Pink Floyd" });
console.log(summary(result));

switch (result.status) {
  case "created":
  case "updated":
  case "unchanged": {
    const { item } = result;
    console.log(
      `${item.title}: ${item.attributes.type} from ${item.attributes.country}, since ${item.attributes.begin}`,
    );
    for (const { type, name, weight } of item.categories)
      console.log(`  ${type}: ${name}${weight ? ` (${weight})` : ""}`);
    for (const { scheme, value } of item.identifiers) console.log(`  ${scheme}: ${value}`);
    break;
  }
  case "ambiguous":
    for (const { id, title, score } of result.candidates) console.log(`  ${id}: ${title}, score ${score}`);
    break;
  case "not-found":
    console.log("Nobody knows it; nothing was stored.");
    break;
  case "failed":
    console.log(`${result.error.message} ${result.error.remedy}`);
    break;
}

// An item that is complete is only looked up.
console.log(summary(await catalog.import(artist, { name: "pink floyd" })));

// Three bands have this name: nothing is stored until somebody says which one is meant.
const nirvana = await catalog.import(artist, { name: "Nirvana" });
console.log(summary(nirvana));
console.log(summary(await catalog.import(artist, { name: "Nirvana", born: 1965 })));

await catalog.close();
await sandbox.close();
