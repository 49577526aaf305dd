import type { Catalogue } from "../data/catalogue.ts";
import type { SeriesItem, SeriesRecord } from "../data/series.ts";
import { seriesNumberAttributeId, seriesTypes } from "../data/vocabulary.ts";
import type { Json } from "./answer.ts";
import {
  asksForCredits,
  creditsJson,
  nestedArtistJson,
  plainReleaseJson,
  relationJson,
  subDataJson,
  topLevelJson,
} from "./parts-json.ts";
import type { Inc } from "./parts-json.ts";
import { recordingJson } from "./recording-json.ts";
import { plainReleaseGroupJson } from "./release-group-json.ts";

const targets = {
  "Release group series": { inc: "release-group-rels", field: "release_group" },
  "Release series": { inc: "release-rels", field: "release" },
  "Recording series": { inc: "recording-rels", field: "recording" },
  "Artist series": { inc: "artist-rels", field: "artist" },
} as const satisfies Record<SeriesRecord["type"], { readonly inc: string; readonly field: string }>;

const itemJson = (series: SeriesRecord, id: string, catalogue: Catalogue, inc: Inc): Json | null => {
  switch (series.type) {
    case "Release group series": {
      const album = catalogue.findAlbum(id)?.entity;
      if (album === undefined) return null;
      const credit = asksForCredits(inc) ? { "artist-credit": creditsJson(album.credits, inc) } : {};
      return { ...plainReleaseGroupJson(album), ...credit, ...subDataJson(album, inc) };
    }
    case "Release series": {
      const release = catalogue.findRelease(id)?.entity;
      if (release === undefined) return null;
      const credit = asksForCredits(inc) ? { "artist-credit": creditsJson(release.credits, inc) } : {};
      return { ...plainReleaseJson(release), ...credit, ...subDataJson(release, inc) };
    }
    case "Recording series": {
      const recording = catalogue.findRecording(id)?.entity;
      return recording === undefined ? null : recordingJson(recording, null, inc);
    }
    case "Artist series": {
      const artist = catalogue.findArtist(id)?.entity;
      return artist === undefined ? null : nestedArtistJson(artist, inc);
    }
  }
};

const numberJson = (number: string | null): Json =>
  number === null
    ? {}
    : {
        attributes: ["number"],
        "attribute-values": { number },
        "attribute-ids": { number: seriesNumberAttributeId },
      };

const relationsJson = (series: SeriesRecord, catalogue: Catalogue, inc: Inc): Json => {
  if (![...inc].some((value) => value.endsWith("-rels"))) return {};
  const target = targets[series.type];
  if (!inc.has(target.inc)) return { relations: [] };
  const relation = (item: SeriesItem, at: number): readonly Json[] => {
    const json = itemJson(series, item.id, catalogue, inc);
    if (json === null) return [];
    return [
      {
        ...relationJson("part of", seriesTypes[series.type].partOf, "backward"),
        ...numberJson(item.number),
        "ordering-key": at + 1,
        // The service writes this kind with an underscore, here and in the name of the field.
        "target-type": target.field,
        [target.field]: json,
      },
    ];
  };
  return { relations: series.items.flatMap(relation) };
};

/**
 * A series as a lookup shows it (https://musicbrainz.org/doc/Series): what is in it are its relationships, all of them,
 * when their kind was asked for.
 */
export const seriesJson = (series: SeriesRecord, catalogue: Catalogue, inc: Inc): Json => ({
  id: series.id,
  name: series.name,
  disambiguation: series.disambiguation,
  type: series.type,
  "type-id": seriesTypes[series.type].id,
  ...topLevelJson(series, inc),
  ...relationsJson(series, catalogue, inc),
});
