/** What a text held when it was read as JSON. `truncated`: it began well and ended too soon, as on a broken line. */
export type JsonReading =
  | { readonly kind: "json"; readonly value: unknown }
  | { readonly kind: "truncated" }
  | { readonly kind: "malformed"; readonly why: string };

/** Deeper than any answer of any web service that we know, and far below what breaks a reader of it. */
const deepest = 100;

const code = { quote: 0x22, backslash: 0x5c, openList: 0x5b, closeList: 0x5d, openObject: 0x7b, closeObject: 0x7d };

/** Reads an outside JSON text; never throws. Nesting beyond 100 levels is refused before it is parsed. */
export function readJson(text: string): JsonReading {
  const nesting = measureNesting(text);
  if (nesting.deepest > deepest) return { kind: "malformed", why: `is nested deeper than ${deepest} levels` };
  try {
    return { kind: "json", value: JSON.parse(text) };
  } catch {
    const begun = text.trimStart();
    const isTruncated = begun === "" || (/^[[{]/.test(begun) && nesting.isOpen);
    return isTruncated ? { kind: "truncated" } : { kind: "malformed", why: "is not JSON" };
  }
}

/** How deep brackets nest outside strings, and whether the text ends inside one or inside a string. */
function measureNesting(text: string): { readonly deepest: number; readonly isOpen: boolean } {
  let depth = 0;
  let most = 0;
  for (let at = 0; at < text.length; at += 1) {
    switch (text.charCodeAt(at)) {
      case code.quote:
        at = closingQuote(text, at);
        if (at === -1) return { deepest: most, isOpen: true };
        break;
      case code.openList:
      case code.openObject:
        depth += 1;
        most = Math.max(most, depth);
        break;
      case code.closeList:
      case code.closeObject:
        depth -= 1;
        break;
      default:
    }
  }
  return { deepest: most, isOpen: depth > 0 };
}

/** Where the string that opens at `opening` closes; -1 where it does not. */
function closingQuote(text: string, opening: number): number {
  for (let quote = text.indexOf('"', opening + 1); quote !== -1; quote = text.indexOf('"', quote + 1)) {
    let backslashes = 0;
    while (text.charCodeAt(quote - 1 - backslashes) === code.backslash) backslashes += 1;
    if (backslashes % 2 === 0) return quote;
  }
  return -1;
}
