import { WorkbenchError } from "../../../contract/errors.ts";
import { PdfObjects } from "./PdfObjects.ts";

/** A PDF that Chromium printed, and the name that its bookmark gets. */
export interface PrintedPdf {
  title: string;
  pdf: Uint8Array;
}

const [catalog, pages, outline, info] = [1, 2, 3, 4];
/** The table of a PDF has ten digits for the place of an object. */
const lastPlace = 9_999_999_999;

/**
 * Returns one PDF with the pages of several, and a bookmark at the first page of each. Only one of them is in memory at
 * a time, for which no library was found. Rejects with `print-failed` if one is not as Chromium writes them, and with
 * `pdf-too-large`.
 */
export async function* joinPdfs(
  files: AsyncIterable<PrintedPdf>,
  { title, mostBytes = lastPlace }: { title: string /** For tests: fewer. */; mostBytes?: number },
): AsyncGenerator<Uint8Array> {
  const offsets: number[] = [0];
  let written = 0;
  const piece = (part: string | Uint8Array): Uint8Array => {
    const bytes = typeof part === "string" ? Buffer.from(part, "latin1") : part;
    written += bytes.byteLength;
    return bytes;
  };
  function* object(number: number, parts: readonly (string | Uint8Array)[]): Generator<Uint8Array> {
    if (written > mostBytes) throw new WorkbenchError("pdf-too-large", { mostBytes });
    offsets[number] = written;
    yield piece(`${number} 0 obj`);
    for (const part of parts) yield piece(part);
  }
  const plain = (number: number, text: string): Generator<Uint8Array> => object(number, [`\n${text}\nendobj\n`]);

  yield piece("%PDF-1.4\n%\xd3\xeb\xe9\xe1\n");
  let last = info;
  let count = 0;
  const kids: number[] = [];
  const bookmarks: { title: string; page: number }[] = [];
  for await (const { title: name, pdf } of files) {
    const objects = new PdfObjects(pdf);
    const base = last;
    const numberOf = (number: number): number => base + number;
    for (const [number, parts] of objects.renumbered(numberOf, pages)) yield* object(number, parts);
    last += objects.highest;
    count += objects.count;
    kids.push(numberOf(objects.pages));
    bookmarks.push({ title: name, page: numberOf(objects.firstPage) });
  }
  yield* plain(pages, `<</Type /Pages /Count ${count} /Kids [${kids.map((kid) => `${kid} 0 R`).join("\n")}]>>`);
  for (const [index, bookmark] of bookmarks.entries()) {
    const at = last + 1 + index;
    const before = index > 0 ? ` /Prev ${at - 1} 0 R` : "";
    const after = index < bookmarks.length - 1 ? ` /Next ${at + 1} 0 R` : "";
    const place = `/Parent ${outline} 0 R${before}${after} /Dest [${bookmark.page} 0 R /Fit]`;
    yield* plain(at, `<</Title ${pdfText(bookmark.title)} ${place}>>`);
  }
  const ends = bookmarks.length === 0 ? "" : ` /First ${last + 1} 0 R /Last ${last + bookmarks.length} 0 R`;
  yield* plain(outline, `<</Type /Outlines /Count ${bookmarks.length}${ends}>>`);
  yield* plain(info, `<</Title ${pdfText(title)} /Producer (R1 Workbench)>>`);
  const shown = "/PageMode /UseOutlines /ViewerPreferences <</DisplayDocTitle true>>";
  yield* plain(catalog, `<</Type /Catalog /Pages ${pages} 0 R /Outlines ${outline} 0 R ${shown}>>`);

  const start = written;
  yield piece(`xref\n0 ${offsets.length}\n0000000000 65535 f \n`);
  for (let number = 1; number < offsets.length; number++) {
    const offset = offsets[number];
    // The numbers of what was left out are free.
    yield piece(offset === undefined ? "0000000000 65535 f \n" : `${String(offset).padStart(10, "0")} 00000 n \n`);
  }
  const size = `/Size ${offsets.length} /Root ${catalog} 0 R /Info ${info} 0 R`;
  yield piece(`trailer\n<<${size}>>\nstartxref\n${start}\n%%EOF\n`);
}

const longestTitle = 300;

/** Returns any text as a string of a PDF. */
function pdfText(text: string): string {
  const shown = text.slice(0, longestTitle).replaceAll(/\p{Cs}/gu, "\ufffd");
  const units = Buffer.from(`\ufeff${shown}`, "utf16le").swap16();
  return `<${units.toString("hex")}>`;
}
