import { z } from "zod";

/** A text that says something. */
export const text = z.string().min(1);

/** An ISO 3166-1 alpha-2 code; MusicBrainz adds XE for Europe and XW for the whole world. */
export const countryCode = z.string().regex(/^[A-Z]{2}$/, "must be a country's two letters, such as GB");

/** A length of time; what has none, or one that nobody knows, leaves it out. */
export const milliseconds = z.int().min(1);

/** How many there are of something. */
export const amount = z.int().min(0);
