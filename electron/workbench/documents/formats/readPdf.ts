import type { DocumentText } from "../../../contract/documents.ts";
import { documentLimits } from "../documentLimits.ts";
import { DocumentProblem } from "../DocumentProblem.ts";

/**
 * Returns the text of a PDF, page by page. `cmaps` is the folder of the tables that say which characters a font without a
 * table of its own has, as Chinese ones often have none. Throws a DocumentProblem.
 */
export async function readPdf(bytes: Uint8Array, cmaps: string): Promise<DocumentText> {
  // Only drawing needs it, but it is created when the library is loaded.
  Object.assign(globalThis, { DOMMatrix: class {} });
  // Loaded only for a PDF. It looks for its worker here first, and then needs no thread of its own.
  const [pdf, worker] = await Promise.all([
    import("pdfjs-dist/legacy/build/pdf.mjs"),
    // @ts-expect-error: the package has no types for it.
    import("pdfjs-dist/legacy/build/pdf.worker.mjs"),
  ]);
  Object.assign(globalThis, { pdfjsWorker: worker });
  const loading = pdf.getDocument({
    data: bytes,
    cMapUrl: `${cmaps}/`,
    cMapPacked: true,
    verbosity: 0,
    isEvalSupported: false,
    useSystemFonts: false,
    disableFontFace: true,
    useWasm: false,
    enableXfa: false,
  });
  const document = await loading.promise.catch((error: unknown) => {
    const isLocked = error instanceof Error && error.name === "PasswordException";
    throw new DocumentProblem(isLocked ? "password" : "damaged");
  });
  if (document.numPages > documentLimits.pages) throw new DocumentProblem("tooLarge");
  const parts: string[] = [];
  let chars = 0;
  for (let number = 1; number <= document.numPages; number += 1) {
    const page = await document.getPage(number).catch(() => null);
    const text = page === null ? "" : pageText((await page.getTextContent().catch(() => ({ items: [] }))).items);
    page?.cleanup();
    chars += text.length;
    if (chars > documentLimits.chars) throw new DocumentProblem("tooLarge");
    parts.push(text);
  }
  if (chars === 0) throw new DocumentProblem(document.numPages > 0 ? "scanned" : "empty");
  return { format: "pdf", title: await titleOf(document), unit: "page", parts };
}

/** What is drawn on a page, in the order of the file. Marked content has no text. */
type Item = { str: string; hasEOL: boolean; height: number; transform: unknown[] } | { type: string };

function pageText(items: readonly Item[]): string {
  let text = "";
  let lastLine: number | null = null;
  for (const item of items) {
    if (!("str" in item)) continue;
    const line = Number(item.transform[5]);
    // A line that stands clearly lower begins a paragraph.
    if (text.endsWith("\n") && lastLine !== null && item.str !== "" && lastLine - line > item.height * 1.8)
      text += "\n";
    text += item.str;
    if (item.str !== "") lastLine = line;
    if (item.hasEOL && !text.endsWith("\n")) text += "\n";
  }
  // oxlint-disable-next-line no-control-regex
  return text.replace(/[\u0000-\u0008\u000b-\u001f]/g, "").trim();
}

async function titleOf(document: { getMetadata(): Promise<{ info: object }> }): Promise<string | null> {
  const { info } = await document.getMetadata().catch(() => ({ info: {} }));
  const title = (info as { Title?: unknown }).Title;
  return typeof title === "string" ? title.trim().slice(0, 300) || null : null;
}
