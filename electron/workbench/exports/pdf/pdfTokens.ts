import { WorkbenchError } from "../../../contract/errors.ts";

/** A word, number, name, string or bracket of a PDF's syntax, with where it stands. */
export interface PdfToken {
  text: string;
  start: number;
}

const white = /[\0\t\n\f\r ]*(?:%[^\r\n]*[\0\t\n\f\r ]*)*/y;
/** `<<` before `<`: a hexadecimal string is one token, a literal string only its first bracket. */
const token = /<<|>>|[[\]{}]|<[^<>]*>|\(|\/?[^\0\t\n\f\r ()<>[\]{}/%]+|\//y;

/** Returns the tokens of an object, up to the one that ends it or begins its stream. Throws if it is no PDF's syntax. */
export function* pdfTokens(text: string): Generator<PdfToken> {
  for (let at = skipped(white, text, 0); at < text.length; at = skipped(white, text, at)) {
    token.lastIndex = at;
    const found = token.exec(text)?.[0];
    if (found === undefined) throw new WorkbenchError("print-failed", undefined, `No PDF token at ${at}.`);
    const end = found === "(" ? stringEnd(text, at) : at + found.length;
    yield { text: text.slice(at, end), start: at };
    if (found === "stream" || found === "endobj") return;
    at = end;
  }
}

function skipped(pattern: RegExp, text: string, from: number): number {
  pattern.lastIndex = from;
  pattern.exec(text);
  return Math.max(pattern.lastIndex, from);
}

/** Returns where a literal string ends: brackets in it are balanced, or follow a backslash. */
function stringEnd(text: string, from: number): number {
  let depth = 0;
  for (let at = from; at < text.length; at++) {
    const char = text[at];
    if (char === "\\") at++;
    else if (char === "(") depth++;
    else if (char === ")" && --depth === 0) return at + 1;
  }
  throw new WorkbenchError("print-failed", undefined, `A string of the PDF has no end: ${from}.`);
}
