import { z } from "zod";

/** Uses after which compiling a schema, which takes a millisecond, has paid for itself. */
const worthwhile = 50;

/** A schema as it is used: itself, or once it has been used often what zod has compiled of it. */
interface Used {
  times: number;
  parser: z.ZodType;
}

const used = new WeakMap<z.ZodType, Used>();

/**
 * What `schema.safeParse` does, compiled by zod once the schema has been used often: a load asks thousands of times, and takes
 * half as long, while a command that asks a few times does not pay for compiling. Left as it is: a schema that zod cannot
 * compile, and one of another copy of zod, whose version may mean something else by it. What is refused runs the schema's own
 * functions twice, once it is compiled. Source of the rule: https://zod.dev/compile
 *
 * @example
 * parseWith(z.object({ name: z.string() }), { name: "Pink Floyd" }).success; // true
 */
export function parseWith<Output>(schema: z.ZodType<Output>, value: unknown): z.ZodSafeParseResult<Output> {
  let use = used.get(schema);
  if (!use) used.set(schema, (use = { times: 0, parser: schema }));
  use.times += 1;
  // oxlint-disable-next-line no-underscore-dangle -- zod's own name for it: https://zod.dev/library-authors
  if (use.times === worthwhile && schema._zod.version === z.core.version) use.parser = z.compile(schema);
  // What is compiled gives what the schema gives.
  return (use.parser as z.ZodType<Output>).safeParse(value);
}
