import { Option } from "commander";

/** The flag by which a command takes conditions, once for each. */
export function whereOption(): Option {
  return new Option(
    "--where <condition>",
    "only those that meet it, such as country=GB, begin<1970 or genre=rock; may be repeated",
  )
    .argParser((text: string, before: readonly string[]) => [...before, text])
    .default([], "all");
}
