/** A UUID of version 4 that differs for every number and follows no order. */
export function uuidFrom(number: number): string {
  const random = randomFrom(~number);
  // The number itself, spread over 32 bits by a multiplication that keeps all different ones different.
  const spread = (Math.imul(number, 0x9e3779b1) >>> 0).toString(16).padStart(8, "0");
  const rest = [random(), random(), random(), random()]
    .map((part) =>
      Math.floor(part * 2 ** 32)
        .toString(16)
        .padStart(8, "0"),
    )
    .join("");
  return `${spread}-${rest.slice(0, 4)}-4${rest.slice(4, 7)}-8${rest.slice(7, 10)}-${rest.slice(10, 22)}`;
}

/** Mulberry32: equal seeds give equal numbers, from 0 up to 1. */
export function randomFrom(seed: number): () => number {
  let state = Math.imul(seed + 1, 0x9e3779b1);
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
