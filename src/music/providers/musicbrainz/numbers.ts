/** A whole number that is not below the least; MusicBrainz has lengths of 0 where nobody knows better. */
export function wholeNumber(value: number | null | undefined, least: number): number | undefined {
  return Number.isSafeInteger(value) && value != null && value >= least ? value : undefined;
}
