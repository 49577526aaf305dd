/** Controls, line separators, and what is invisible or turns the direction of text; joiners, which scripts need, stay. */
const unseen = /[\p{Cc}\p{Zl}\p{Zp}\p{Co}]|(?![\u200c\u200d])\p{Cf}/gu;

/**
 * A text from outside on one line, without what is invisible: control characters, bidirectional overrides, zero-width and
 * tag characters, lone surrogates.
 */
export function visibleText(text: string): string {
  return text
    .toWellFormed()
    .normalize("NFC")
    .replaceAll(/[\n\r\t\u2028\u2029]/g, " ")
    .replaceAll(unseen, "")
    .replaceAll(/\s+/g, " ")
    .trim();
}

/** HTML tags and comments; of what only begins one, the brackets are taken away afterwards. */
const tags = /<[!/?a-z][^<>]*>/gi;
/** `[text](address)` and `![text](address)`. */
const links = /!?\[([^[\]]*)\]\([^()]*\)/g;
/** `**text**`, `__text__`, `*text*`; not the stars within `N*E*R*D`. */
const emphasis = /(?<![\p{L}\p{N}*_])(\*{1,3}|_{1,3})(?=\S)([^*_]+?)(?<=\S)\1(?![\p{L}\p{N}*_])/gu;

/**
 * What a language model wrote, as plain text: without HTML, Markdown and invisible characters. Whatever it is put into
 * (a page, a terminal, a list), it is words and nothing else.
 */
export function plainText(text: string): string {
  let bare = text;
  // What is left of a tag may be a tag again: `<scr<b>ipt>`.
  for (let before = ""; before !== bare;) {
    before = bare;
    bare = bare.replaceAll(tags, "");
  }
  bare = bare
    .replaceAll(/[<>`]/g, "")
    .replaceAll(links, "$1")
    .replaceAll(/^\s*(?:#{1,6}|[-*+])\s+/gm, "")
    .replaceAll(emphasis, "$2");
  return visibleText(bare);
}

/** Whether a text holds an address of the web or of a mailbox, or something that a program would take for one. */
export function holdsAddress(text: string): boolean {
  return /\b(?:[a-z][a-z0-9+.-]*:\/\/|www\.|(?:javascript|mailto|data:text)[:/])|\S@\S+\.\S|\b[a-z0-9-]+\.(?:com|net|org|io|co|info|biz|ru|cn|xyz|top|dev|app)\b/i.test(
    text,
  );
}
