import type { DocumentText } from "../../../contract/documents.ts";
import type { Archive } from "../Archive.ts";
import { DocumentProblem } from "../DocumentProblem.ts";
import { PlainText } from "../PlainText.ts";
import { elementText } from "./elementText.ts";
import { readMarkup } from "./readMarkup.ts";

/** Returns the text of a Word document with its footnotes. What was deleted under "track changes" is left out. */
export async function readDocx(archive: Archive): Promise<DocumentText> {
  const mainName = await mainPart(archive);
  const main = mainName === null ? null : await archive.text(mainName);
  if (main === null) throw new DocumentProblem("damaged");
  const written = new PlainText();
  for (const name of [mainName, "word/footnotes.xml", "word/endnotes.xml"]) {
    const xml = name === mainName ? main : await archive.text(name ?? "");
    if (xml === null) continue;
    written.paragraph();
    writeParagraphs(xml, written);
  }
  return {
    format: "docx",
    title: elementText((await archive.text("docProps/core.xml")) ?? "", "dc:title"),
    unit: null,
    parts: [written.take()],
  };
}

const usualName = "word/document.xml";

/** Returns the name of the file with the text, which Word calls otherwise now and then; null if there is none. */
export async function mainPart(archive: Archive): Promise<string | null> {
  if (archive.has(usualName)) return usualName;
  let named: string | null = null;
  readMarkup((await archive.text("_rels/.rels")) ?? "", "xml", {
    open(_, { Type: type = "", Target: target = "" }) {
      if (type.endsWith("/officeDocument")) named ??= target.replace(/^\//, "");
    },
  });
  return named !== null && /^word\/[^/]+\.xml$/.test(named) && archive.has(named) ? named : null;
}

function writeParagraphs(xml: string, written: PlainText): void {
  let isText = false;
  let isFirstCell = true;
  let tables = 0;
  const open: Record<string, (attributes: Record<string, string>) => void> = {
    "w:t": () => {
      isText = true;
    },
    "w:tab": () => written.add("\t", true),
    "w:br": () => written.line(),
    "w:cr": () => written.line(),
    "w:pStyle"(attributes) {
      const level = /^(?:heading|berschrift|titre)\s?([1-6])$/i.exec(attributes["w:val"] ?? "")?.[1];
      if (level !== undefined) written.add(`${"#".repeat(Number(level))} `, true);
    },
    "w:numPr": () => written.add("- ", true),
    "w:tbl": () => {
      tables += 1;
      written.paragraph();
    },
    "w:tr": () => {
      written.line();
      isFirstCell = true;
    },
    "w:tc": () => {
      if (!isFirstCell) written.add(" | ", true);
      isFirstCell = false;
    },
  };
  const close: Record<string, () => void> = {
    "w:t": () => {
      isText = false;
    },
    // Within a table, paragraphs of one cell stay in its row.
    "w:p": () => (tables === 0 ? written.paragraph() : written.add(" ")),
    "w:tr": () => written.line(),
    "w:tbl": () => {
      tables -= 1;
      written.paragraph();
    },
  };
  // Text boxes are there twice: once for programs that cannot draw them.
  let hidden = 0;
  const unseen = new Set(["w:del", "mc:Fallback", "w:instrText", "w:rPrChange", "w:pPrChange"]);
  readMarkup(xml, "xml", {
    open(name, attributes) {
      if (unseen.has(name)) hidden += 1;
      if (hidden === 0 && Object.hasOwn(open, name)) open[name]?.(attributes);
    },
    text(text) {
      if (isText && hidden === 0) written.add(text, true);
    },
    close(name) {
      if (hidden === 0 && Object.hasOwn(close, name)) close[name]?.();
      if (unseen.has(name)) hidden -= 1;
    },
  });
}
