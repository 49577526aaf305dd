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
 * The largest functions of PGlite, each of which takes V8 30 to 90 MB to optimise, the parser of SQL 600 MB and a second. V8
 * takes to them early, since what it counts is the code that a call could go through. What they do themselves takes a
 * thousandth of PGlite's time.
 */
const large = ["raw_parser", "outNode", "nodeRead", "standard_ProcessUtility", "copyObjectImpl", "equal"];
/** What these call before anything else, as do all others, and is to be optimised. */
const small = ["strlen", "check_stack_depth"];
/** Pages of 64 KiB that PGlite's module asks for. */
const memory = { initial: 2_048, maximum: 32_768 };
/** Beyond any memory: whoever reads there breaks off. */
const nowhere = -16;

/**
 * Has V8 leave the largest functions of a compiled PGlite as they are, in all its instances, and optimise all others as it
 * sees fit, with which PGlite loads a dump in two thirds of the time. docs/decisions/pglite-optimisation.md
 *
 * V8 compiles a function when it is first called, and with it what counts its calls, unless a flag says that only another
 * function's are counted. So they are called here, in an instance that is thrown away, while the flag names a function that
 * nobody calls. Where that cannot be done, they are optimised like all others.
 */
export function keepLargestUnoptimised(module: object): void {
  try {
    const imports: Record<string, Record<string, unknown>> = {};
    for (const { module: from, name, kind } of WebAssembly.Module.imports(module)) {
      imports[from] = { ...imports[from], [name]: kind === "memory" ? new WebAssembly.Memory(memory) : () => 0 };
    }
    const { exports } = new WebAssembly.Instance(module, imports);
    for (const name of small) call(exports[name]);
    keepAllUnoptimised();
    for (const name of large) call(exports[name]);
  } catch {
    // There is no room for another instance: memory is what this spares, and nothing depends on it.
  } finally {
    v8.setFlagsFromString("--wasm-tier-up-filter=-1");
  }
}

/**
 * Has V8 leave all WebAssembly that is first called from now on as it first compiles it, for a process that ends before it
 * pays: it would have to wait for what is being optimised. The flag says that only a function that nobody calls is to be
 * optimised.
 */
export function keepAllUnoptimised(): void {
  v8.setFlagsFromString("--wasm-tier-up-filter=0");
}

function call(exported: Exported | undefined): void {
  try {
    exported?.(...Array.from({ length: exported.length }, () => nowhere));
  } catch {
    // It has been compiled before it could break off.
  }
}
