import { loadedName } from "./fileName.ts";

/*
 * What is told of HTML without parsing it, because it may be unfinished and of any length. The patterns take linear time
 * on any text: nothing in them that repeats is without a limit or can match in two ways.
 */

/** A document that is longer is not empty. */
const mostEmptyChars = 6_000;

/** Returns the beginning of the code, without the comments and the declaration above it. */
function beginning(code: string): string {
  let at = 0;
  for (;;) {
    while (at < code.length && /\s/.test(code[at] ?? "")) at++;
    const end = code.startsWith("<!--", at)
      ? code.indexOf("-->", at)
      : code.startsWith("<?xml", at)
        ? code.indexOf("?>", at)
        : -1;
    if (end === -1) return code.slice(at, at + 200);
    at = end + (code.startsWith("<!--", at) ? 3 : 2);
  }
}

/** Returns whether code is a whole HTML document. */
export const isDocument = (code: string): boolean => /^(?:<!doctype\s{1,20}html|<html[\s>])/i.test(beginning(code));

/** Returns whether code is an SVG drawing and nothing else. */
export function isDrawing(code: string): boolean {
  const start = beginning(code);
  if (!/^<(?:svg[\s>]|!doctype\s{1,20}svg)/i.test(start)) return false;
  const end = code.trimEnd();
  const at = end.toLowerCase().lastIndexOf("</svg>");
  return at === -1 || at === end.length - "</svg>".length;
}

/** Returns whether HTML without a document is a page, and not an example of a few elements. */
export function isLargeFragment(code: string): boolean {
  if (isDocument(code)) return false;
  const lines = code.split("\n").filter((line) => line.trim() !== "").length;
  const elements = code.match(/<[a-z][a-z0-9-]{0,40}[\s>/]/gi)?.length ?? 0;
  return (lines >= 5 && elements >= 4) || (lines >= 4 && /<(?:script|style|canvas|body)[\s>]/i.test(code));
}

/** Returns whether a document shows nothing but what a script puts into it. */
export function isEmptyPlace(html: string): boolean {
  if (html.length > mostEmptyChars) return false;
  const at = html.search(/<body[\s>]/i);
  if (at === -1) return false;
  const words = html
    .slice(at)
    .replace(/^<body[^>]*>/i, "")
    .replace(/<!--[^]*?-->/g, "")
    .replace(/<noscript>[^]*?<\/noscript>/gi, "")
    .replace(/<script[^<>]*>[^<]*<\/script>/gi, "")
    .replace(/<div[^<>]*\bid\s?=[^<>]*>\s*<\/div>/gi, "")
    .replace(/<\/(?:body|html)>/gi, "");
  return words.trim() === "";
}

/** Returns whether a document has styles or a script of its own, so that a block that it does not load is an example. */
export function hasOwn(html: string, language: "css" | "js"): boolean {
  return language === "css"
    ? /<style[\s>]/i.test(html)
    : /<script(?:>|\s(?![^<>]{0,500}\bsrc\s{0,9}=)[^<>]{0,500}>)/i.test(html);
}

/** Returns the names of the files that a document loads. */
export function loadedBy(html: string): string[] {
  const addresses = [
    ...html.matchAll(/<link\s[^<>]{0,500}?\bhref\s{0,9}=\s{0,9}["']?([^"'\s<>]{1,300})/gi),
    ...html.matchAll(/<script\s[^<>]{0,500}?\bsrc\s{0,9}=\s{0,9}["']?([^"'\s<>]{1,300})/gi),
  ];
  return [...new Set(addresses.flatMap(([, address = ""]) => loadedName(address) ?? []))];
}
