/** Returns what another program reads in a PDF. */
export async function readPdfBack(
  bytes: Uint8Array,
): Promise<{ title: unknown; pages: string[]; bookmarks: [string, number][] }> {
  Object.assign(globalThis, { DOMMatrix: class {} });
  const { getDocument } = await import("pdfjs-dist/legacy/build/pdf.mjs");
  const document = await getDocument({ data: new Uint8Array(bytes), verbosity: 0, stopAtErrors: true }).promise;
  const pages: string[] = [];
  for (let number = 1; number <= document.numPages; number++) {
    const { items } = await (await document.getPage(number)).getTextContent();
    pages.push(items.map((item) => ("str" in item ? item.str : "")).join(""));
  }
  const bookmarks: [string, number][] = [];
  for (const { title, dest } of (await document.getOutline()) ?? []) {
    const page = Array.isArray(dest) ? dest[0] : null;
    bookmarks.push([title, 1 + (await document.getPageIndex(page))]);
  }
  const { info } = await document.getMetadata();
  return { title: (info as { Title?: unknown }).Title, pages, bookmarks };
}
