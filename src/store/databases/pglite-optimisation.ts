import v8 from "node:v8";

// Node has it, and Node's types leave it to those of the browsers.
declare const WebAssembly: {
  readonly Module: { imports(module: object): readonly Import[] };
  readonly Instance: new (
    module: object,
    imports: object,
  ) => { readonly exports: Readonly<Record<string, Exported | undefined>> };
  readonly Memory: new (pages: { readonly initial: number; readonly maximum: number }) => object;
};

type Exported = (...numbers: readonly number[]) => unknown;

interface Import {
  readonly module: string;
  readonly name: string;
  readonly kind: string;
}

/**
 * The largest functions of PGlite. V8 takes 30 to 90 MB to optimise one of them, and 600 MB and a second for the parser of SQL;
 * and it takes to them early, since it counts what a call may go through, not what it does. They are called once a
 * statement or while PGlite starts, and its time goes elsewhere.
 */
const large = ["raw_parser", "outNode", "nodeRead", "standard_ProcessUtility", "copyObjectImpl", "equal"];
/** What these call before anything else, as do all others, and is to be optimised. */
const small = ["strlen", "check_stack_depth"];
/** Pages of 64 KiB that PGlite's module asks for. */
const memory = { initial: 2_048, maximum: 32_768 };
/** An address beyond any memory: whoever reads there breaks off. */
const nowhere = -16;

/**
 * Has V8 leave the largest functions of a compiled PGlite as they are, in all its instances, and optimise all others as it
 * sees fit: optimised, PGlite loads a dump in two thirds of the time. docs/decisions/pglite-optimisation.md
 *
 * When a function is first called, V8 compiles it, and with it what counts its calls, unless a flag says that only some other
 * function is to be counted. So they are called here, while the flag names a function that nobody calls, in an instance
 * which is thrown away. A Node that does not know the flag optimises them.
 */
export function leaveLargestFunctions(module: object): void {
  const imports: Record<string, Record<string, unknown>> = {};
  for (const { module: from, name, kind } of WebAssembly.Module.imports(module)) {
    imports[from] = { ...imports[from], [name]: kind === "memory" ? new WebAssembly.Memory(memory) : () => 0 };
  }
  const { exports } = new WebAssembly.Instance(module, imports);
  for (const name of small) call(exports[name]);
  v8.setFlagsFromString("--wasm-tier-up-filter=0");
  for (const name of large) call(exports[name]);
  v8.setFlagsFromString("--wasm-tier-up-filter=-1");
}

function call(exported: Exported | undefined): void {
  try {
    exported?.(...Array.from({ length: exported.length }, () => nowhere));
  } catch {
    // It has been compiled before it could break off.
  }
}

/**
 * Has V8 leave WebAssembly as it first compiles it, in all of this process, for one that ends before it pays: it would have to
 * wait for what is being optimised. Only both flags together do.
 */
export function leaveAllFunctions(): void {
  v8.setFlagsFromString("--no-wasm-tier-up");
  v8.setFlagsFromString("--no-wasm-dynamic-tiering");
}
