/**
 * Values as they come, until the signal is aborted: then they end at once, even while the next one is waited for. Whoever
 * makes them is told to stop, and not waited for, since it may be waiting itself: for a person who types, or a pipe.
 *
 * @param signal undefined: they end where they end.
 * @example for await (const line of untilAborted(lines, AbortSignal.timeout(1_000))) console.log(line);
 */
export async function* untilAborted<Value>(
  values: AsyncIterable<Value>,
  signal: AbortSignal | undefined,
): AsyncGenerator<Value, void, undefined> {
  if (!signal) {
    yield* values;
    return;
  }
  const iterator = values[Symbol.asyncIterator]();
  // One listener for all values: a race of each with the signal would keep them all in memory.
  let end = (): void => undefined;
  const abort = (): void => end();
  signal.addEventListener("abort", abort);
  let isOver = false;
  try {
    while (!signal.aborted) {
      const next = await new Promise<IteratorResult<Value> | undefined>((resolve, reject) => {
        end = () => resolve(undefined);
        iterator.next().then(resolve, reject);
      });
      isOver = next?.done === true;
      if (next === undefined || next.done === true) return;
      yield next.value;
    }
  } catch (thrown) {
    isOver = true;
    throw thrown;
  } finally {
    signal.removeEventListener("abort", abort);
    if (!isOver) void iterator.return?.().catch(() => undefined);
  }
}
