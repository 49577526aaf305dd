import DataLoader from "dataloader";

/**
 * Lets jobs that have come to the same point share a statement: what is asked in one turn of the event loop is asked at
 * once. Each has the answer to its own question; what is thrown, each of them has.
 *
 * @param ask gives as many answers as there are questions, in their order.
 * @example const load = together(async (ids: readonly ItemId[]) => inOrderOf(ids, await store.load(ids)));
 */
export function together<Question, Answer>(
  ask: (questions: readonly Question[]) => Promise<readonly Answer[]>,
): (question: Question) => Promise<Answer> {
  const loader = new DataLoader(ask, { cache: false });
  return (question) => loader.load(question);
}
