import { styleText } from "node:util";

/** How a command speaks. */
export interface OutputOptions {
  /** One JSON document on standard output, and nothing else there. Default: false. */
  readonly json?: boolean | undefined;
  /** No progress and no remarks. Default: false. */
  readonly quiet?: boolean | undefined;
  /** Logs and stacks on standard error. Default: false. */
  readonly verbose?: boolean | undefined;
  /** False for no colours, whatever the terminal can show. Default: true. */
  readonly color?: boolean | undefined;
}

/** What a text may be styled as. */
type Style = Parameters<typeof styleText>[0];

/** The only way in which commands write. */
export interface Output {
  readonly json: boolean;
  readonly verbose: boolean;
  /** Whether a person is there to be asked. */
  readonly isInteractive: boolean;
  /** Whether standard error is a terminal, on which a line can be written over. */
  readonly canRewrite: boolean;
  /** The one JSON document of a command; nothing without `--json`. */
  document(value: object): void;
  /** A line of the result, on standard output; nothing with `--json`. */
  line(text?: string): void;
  /** A remark or progress, on standard error; nothing with `--quiet` or `--json`. It must end its own lines. */
  remark(text: string): void;
  /** An error, on standard error; nothing with `--json`, whose document says it. It must end its own lines. */
  complain(text: string): void;
  /** The text styled for standard output, where that shows colours. */
  readonly paint: (style: Style, text: string) => string;
  /** The text styled for standard error, where that shows colours. */
  readonly paintRemark: (style: Style, text: string) => string;
}

/** Makes the output of one command. */
export function createOutput(options: OutputOptions): Output {
  const { json = false, quiet = false, verbose = false, color = true } = options;
  for (const stream of [process.stdout, process.stderr]) ignoreClosing(stream);
  const painter =
    (stream: NodeJS.WriteStream) =>
    (style: Style, text: string): string =>
      color ? styleText(style, text, { stream }) : text;
  return {
    json,
    verbose,
    isInteractive: !json && process.stdin.isTTY && process.stdout.isTTY,
    canRewrite: process.stderr.isTTY,
    document(value) {
      if (json) process.stdout.write(`${JSON.stringify(value)}\n`);
    },
    line(text = "") {
      if (!json) process.stdout.write(`${text}\n`);
    },
    remark(text) {
      if (!json && !quiet) process.stderr.write(text);
    },
    complain(text) {
      if (!json) process.stderr.write(text);
    },
    paint: painter(process.stdout),
    paintRemark: painter(process.stderr),
  };
}

/** Whoever reads may stop reading (`| head`): that is no error of ours, and the work goes on to its end. */
function ignoreClosing(stream: NodeJS.WriteStream): void {
  if (stream.listenerCount("error") > 0) return;
  stream.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code !== "EPIPE") throw error;
  });
}
