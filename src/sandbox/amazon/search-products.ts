import type { SandboxProduct } from "./products.ts";

/** What a search asks for. */
export interface ProductQuery {
  readonly keywords?: string | undefined;
  readonly artist?: string | undefined;
  readonly title?: string | undefined;
}

const wordsOf = (text: string): readonly string[] =>
  text
    .normalize("NFKD")
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== "" && word !== "the");

/** How many of the words the text has, 0 to 1; a search forgives what it does not have, as the real one does. */
const share = (asked: readonly string[], text: string): number => {
  const words = new Set(wordsOf(text));
  return asked.length === 0 ? 0 : asked.filter((word) => words.has(word)).length / asked.length;
};

/**
 * The products that a search finds, the best first. Like the real one it is generous: it brings tribute albums, box sets,
 * books and shirts along, whatever the index is called.
 */
export const searchProducts = (
  products: readonly SandboxProduct[],
  { keywords, artist, title }: ProductQuery,
): readonly SandboxProduct[] => {
  const asked = wordsOf([keywords, artist, title].filter(Boolean).join(" "));
  return products
    .map((product) => {
      const codes = [...(product.eans ?? []), ...(product.upcs ?? [])];
      const hasCode =
        keywords !== undefined && codes.some((code) => code.replace(/^0+/, "") === keywords.replace(/^0+/, ""));
      const text = [product.title, ...product.artists, product.brand ?? ""].join(" ");
      return { product, score: hasCode ? 2 : share(asked, text) };
    })
    .filter(({ score }) => score >= 0.5)
    .toSorted((left, right) => right.score - left.score)
    .map(({ product }) => product);
};
