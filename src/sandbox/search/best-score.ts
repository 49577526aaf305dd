/** The highest of several scores, where null is "no match"; null when none matched. */
export const bestScore = (scores: readonly (number | null)[]): number | null =>
  scores.reduce((best, score) => (score !== null && (best === null || score > best) ? score : best), null);
