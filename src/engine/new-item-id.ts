import { v7 } from "uuid";
import { type ItemId, itemId } from "./item.ts";

const bytesOfId = 16;

/**
 * Makes ids for new items: version 7, so that those made one after the other stand side by side in every index.
 * https://www.rfc-editor.org/rfc/rfc9562#name-uuid-version-7
 *
 * Random bytes are taken for 256 ids at once: asking the system for those of one takes longer than all else that there is
 * to an id, which shows where there are thousands a second.
 */
export function createItemIds(): () => ItemId {
  const random = new Uint8Array(256 * bytesOfId);
  let taken = random.length;
  /** Counts the ids on, so that those of one millisecond keep their order. */
  let [sequence = 0] = crypto.getRandomValues(new Uint32Array(1));
  return () => {
    if (taken === random.length) {
      crypto.getRandomValues(random);
      taken = 0;
    }
    sequence = (sequence + 1) % 2 ** 32;
    const id = v7({ random: random.subarray(taken, taken + bytesOfId), seq: sequence });
    taken += bytesOfId;
    return itemId.parse(id);
  };
}
