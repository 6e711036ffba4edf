import { WorkbenchError } from "../../../contract/errors.ts";
import { type PdfToken, pdfTokens } from "./pdfTokens.ts";

interface PdfObject {
  number: number;
  tokens: PdfToken[];
  /** What stands between `obj` and the end of its tokens. */
  text: string;
  /** The rest of the object: its stream, if it has one. */
  rest: Uint8Array;
}

/**
 * The objects of a PDF as Chromium writes them: with a table of their places (`xref`), and neither compressed nor
 * replaced later in the file. Throws for any other.
 */
export class PdfObjects {
  readonly #objects = new Map<number, PdfObject>();
  /** The numbers of its first object, the catalogue, and of the root of its pages. */
  readonly catalog: number;
  readonly pages: number;
  /** The number of the object with the title and the program that wrote it, or null. */
  readonly info: number | null;
  readonly count: number;
  readonly firstPage: number;

  constructor(file: Uint8Array) {
    const bytes = Buffer.from(file.buffer, file.byteOffset, file.byteLength);
    const end = bytes.toString("latin1", Math.max(bytes.length - 200, 0));
    const table = needed(numberIn(/startxref\s+(\d+)\s+%%EOF\s*$/.exec(end)?.[1]), "end");
    const offsets = offsetsIn(bytes.toString("latin1", table));
    const places = [...offsets].sort(([, one], [, other]) => one - other);
    for (const [index, [number, offset]] of places.entries()) {
      const end = places[index + 1]?.[1] ?? table;
      this.#objects.set(number, readObject(number, bytes.subarray(offset, end)));
    }
    const trailer = [...pdfTokens(bytes.toString("latin1", bytes.indexOf("trailer", table) + "trailer".length))];
    if (valueOf(trailer, "/Prev") !== null || valueOf(trailer, "/Encrypt") !== null)
      throw new WorkbenchError("print-failed", undefined, "Not a plain PDF.");
    this.catalog = needed(valueOf(trailer, "/Root"), "catalogue");
    this.info = valueOf(trailer, "/Info");
    this.pages = needed(this.#value(this.catalog, "/Pages"), "pages");
    this.count = needed(this.#value(this.pages, "/Count"), "number of pages");
    let first = this.pages;
    for (let kid: number | null = first; kid !== null; kid = this.#value(first, "/Kids")) first = kid;
    this.firstPage = first;
  }

  /** Returns the highest number of an object. */
  get highest(): number {
    return [...this.#objects.keys()].reduce((highest, number) => Math.max(highest, number), 0);
  }

  /**
   * Returns each object with its number, where `numberOf` gives the objects other numbers. The catalogue and the one
   * with the title are left out. `parent`: what the root of the pages becomes a part of.
   */
  *renumbered(numberOf: (number: number) => number, parent: number): Generator<[number, (string | Uint8Array)[]]> {
    for (const { number, tokens, text, rest } of this.#objects.values()) {
      if (number === this.catalog || number === this.info) continue;
      let written = "";
      let at = 0;
      for (const [index, { text: word, start }] of tokens.entries()) {
        if (word !== "R") continue;
        const referred = tokens[index - 2];
        if (referred === undefined)
          throw new WorkbenchError("print-failed", undefined, "A reference of the PDF has no number.");
        written += `${text.slice(at, referred.start)}${numberOf(Number(referred.text))} 0 R`;
        at = start + 1;
      }
      written += text.slice(at);
      if (number === this.pages) written = written.replace("<<", `<</Parent ${parent} 0 R\n`);
      yield [numberOf(number), [written, rest]];
    }
  }

  /** Returns the number that follows a key of an object, or that the first element of a list there has. */
  #value(number: number, key: string): number | null {
    return valueOf(this.#objects.get(number)?.tokens ?? [], key);
  }
}

/** Returns where objects are, by their numbers. */
function offsetsIn(table: string): Map<number, number> {
  const offsets = new Map<number, number>();
  const [, sections = ""] = /^xref\s+((?:[\d\s]|[nf])+?)trailer/.exec(table) ?? [];
  const words = sections.trim().split(/\s+/);
  for (let at = 0; at + 1 < words.length; ) {
    const [first, count] = [Number(words[at]), Number(words[at + 1])];
    at += 2;
    for (let index = 0; index < count; index++, at += 3) {
      if (words[at + 2] === "n") offsets.set(first + index, Number(words[at]));
    }
  }
  if (offsets.size === 0) throw new WorkbenchError("print-failed", undefined, "The PDF has no table of its objects.");
  return offsets;
}

function readObject(number: number, bytes: Buffer): PdfObject {
  const all = bytes.toString("latin1");
  const head = /^\s*(\d+)\s+0\s+obj/.exec(all)?.[0];
  if (head === undefined || Number.parseInt(head, 10) !== number)
    throw new WorkbenchError("print-failed", undefined, `No object ${number} in the PDF.`);
  const text = all.slice(head.length);
  const tokens = [...pdfTokens(text)];
  const last = tokens.at(-1);
  if (last?.text !== "stream" && last?.text !== "endobj")
    throw new WorkbenchError("print-failed", undefined, `Object ${number} of the PDF has no end.`);
  return { number, tokens, text: text.slice(0, last.start), rest: bytes.subarray(head.length + last.start) };
}

function valueOf(tokens: readonly PdfToken[], key: string): number | null {
  let depth = 0;
  for (const [index, { text }] of tokens.entries()) {
    if (text === "<<") depth++;
    if (text === ">>") depth--;
    if (depth !== 1 || text !== key) continue;
    const next = tokens[index + 1]?.text === "[" ? tokens[index + 2] : tokens[index + 1];
    return numberIn(next?.text);
  }
  return null;
}

const numberIn = (text = ""): number | null => (/^\d+$/.test(text) ? Number(text) : null);

function needed(value: number | null, what: string): number {
  if (value === null) throw new WorkbenchError("print-failed", undefined, `The PDF has no ${what}.`);
  return value;
}
