const int8 = 20;
const date = 1082;

/**
 * How the values of some column types, by their oid, are read: the drivers disagree about these, and a statement must
 * return the same on each. A bigint is a number where it is exact, as counts are, else a BigInt; a date is its text.
 */
export const columnParsers: Readonly<Record<number, (text: string) => unknown>> = {
  [int8]: (text) => {
    const value = Number(text);
    return Number.isSafeInteger(value) ? value : BigInt(text);
  },
  [date]: (text) => text,
};
