/** A whole domain of its own: books and their authors, from a library and a shop that contradict each other. */
import { type Contribution, contributed, defineImporter, defineKind, definePack } from "accession";
import { defineProvider, defineScheme, notFound, openCatalog, partialDate, summary } from "accession";
import { z } from "zod";

const authorId = defineScheme({ name: "library.author", uniqueness: "identity" });
const isbn = defineScheme({
  name: "isbn",
  uniqueness: "identity", // one book per ISBN in the whole catalogue
  value: z.string().overwrite((text) => text.replaceAll("-", "")),
});

const author = defineKind({
  name: "books.author",
  attributes: z.object({ name: z.string(), born: partialDate.optional() }),
  title: "name",
  identifiers: [authorId],
  query: z.strictObject({ name: z.string() }),
  want: ({ name }) => ({ name }),
});

const book = defineKind({
  name: "books.book",
  attributes: z.object({ title: z.string(), published: partialDate.optional(), pages: z.int().optional() }),
  title: "title",
  identifiers: [isbn],
  categories: ["genre"],
  relations: { author },
  query: z.union([z.strictObject({ isbn: z.string() }), z.strictObject({ title: z.string(), by: z.string() })]),
  want: (query) =>
    "isbn" in query
      ? { identifiers: [{ scheme: "isbn", value: query.isbn }] }
      : { name: query.title, related: [{ type: "author", name: query.by }] },
});

const octavia = {
  identifiers: [{ scheme: "library.author", value: "a17" }],
  attributes: { name: "Octavia E. Butler", born: "1947-06-22" },
};
const shelf = [
  { isbn: "9780807083697", title: "Kindred", published: "1979", pages: 264, by: octavia },
  { isbn: "9781538732182", title: "Parable of the Sower", published: "1993", pages: 329, by: octavia },
];
const stock = [{ ean: "978-0-8070-8369-7", name: "KINDRED (Paperback)", pages: 287, genre: "Science Fiction" }];

const ofShelf = ({ isbn: value, by, ...attributes }: (typeof shelf)[number]): Contribution<typeof book> => ({
  attributes,
  identifiers: [{ scheme: "isbn", value }],
  relations: [{ type: "author", to: by }],
});

const library = defineProvider(book, {
  name: "library",
  identifiedBy: "isbn",
  async search(sought) {
    const words = sought.name?.toLowerCase() ?? "";
    const hits = shelf.filter((one) => one.title.toLowerCase().includes(words));
    return hits.map((one) => ({ contribution: ofShelf(one), whole: true })); // whole: no look-up is needed any more
  },
  async provide(sought) {
    const found = shelf.find((one) => one.isbn === sought.identifier("isbn"));
    return found ? contributed(ofShelf(found)) : notFound;
  },
});

const shop = defineProvider(book, {
  name: "shop",
  async provide(sought) {
    const found = stock.find((one) => one.ean.replaceAll("-", "") === sought.identifier("isbn"));
    if (!found) return notFound;
    const { name, pages, genre } = found;
    return contributed({ attributes: { title: name, pages }, categories: [{ type: "genre", name: genre }] });
  },
});

const books = definePack({
  name: "books",
  importers: [
    defineImporter({ kind: author, providers: [] }), // authors come along with books
    defineImporter({ kind: book, providers: [library, shop], precedence: { pages: ["shop"] } }),
  ],
});

const catalog = await openCatalog({ database: "memory:", packs: [books] });
const result = await catalog.import(book, { title: "Kindred", by: "Octavia E. Butler" });
console.log(summary(result));
if (result.status === "created") {
  const { title, attributes, categories, relations } = result.item;
  console.log(`${title}, ${attributes.published}, ${attributes.pages} pages`); // the library's title, the shop's pages
  for (const one of relations) console.log(`${one.type}: ${one.item.title}, says ${one.provider}`);
  for (const one of categories) console.log(`${one.type}: ${one.name}, says ${one.provider}`);
}
console.log(summary(await catalog.import(book, { isbn: "978-0-8070-8369-7" }))); // the same book, not a second one
for await (const { title } of catalog.list(book, { where: ["genre=science fiction"] })) console.log(title);
console.log((await catalog.search("butler")).map((item) => `${item.title} (${item.kind})`).join(", "));
await catalog.close();
