import { z } from "zod";
import { partialDate } from "../engine/partial-date.ts";

/** Another name of an artist or album, where and while it was in use. */
export const alias = z.object({
  name: z.string().min(1),
  /** As it is sorted: "Floyd, Pink". Absent where nobody says. */
  sortName: z.string().min(1).optional(),
  /** The language or country that uses it: `ja`, `zh_Hans`. Absent: any, or unknown. */
  locale: z.string().min(1).optional(),
  /** Whether it is the usual one in its locale. Absent where nobody says. */
  primary: z.boolean().optional(),
  /** Lower case: `artist name`, `legal name`, `search hint`. */
  type: z.string().min(1).optional(),
  begin: partialDate.optional(),
  end: partialDate.optional(),
});

/** Another name of an artist or album. */
export type Alias = z.output<typeof alias>;

/** The texts under which something with aliases may be looked for. */
export function aliasNames(aliases: readonly Alias[] | undefined): string[] {
  return aliases?.map((one) => one.name) ?? [];
}
