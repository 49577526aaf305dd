import { InvalidArgumentError } from "commander";

/** A whole number from 1 that a flag takes. @throws InvalidArgumentError for anything else. */
export function readCount(text: string): number {
  return readWithin(text, 1, 1_000_000);
}

/** A whole number from 0 that a flag takes. @throws InvalidArgumentError for anything else. */
export function readAmount(text: string): number {
  return readWithin(text, 0, 86_400_000);
}

/** A TCP port that a flag takes; 0 is any free one. @throws InvalidArgumentError for anything else. */
export function readPort(text: string): number {
  return readWithin(text, 0, 65_535);
}

function readWithin(text: string, least: number, most: number): number {
  const number = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN;
  if (number >= least && number <= most) return number;
  throw new InvalidArgumentError(`It takes a whole number from ${least} to ${most}.`);
}
