import type { DocumentText } from "../../contract/documents.ts";
import { Archive } from "./Archive.ts";
import { documentLimits } from "./documentLimits.ts";
import { DocumentProblem } from "./DocumentProblem.ts";
import { decodedText } from "./formats/decodedText.ts";
import { htmlText } from "./formats/htmlText.ts";
import { mainPart, readDocx } from "./formats/readDocx.ts";
import { readEpub } from "./formats/readEpub.ts";
import { readOdt } from "./formats/readOdt.ts";
import { readPdf } from "./formats/readPdf.ts";

/**
 * Returns the text of a document. Its bytes decide what it is; its name decides only between text and HTML. `cmaps` is the
 * folder of tables that pdf.js needs. Throws a DocumentProblem.
 */
export async function readBytes(bytes: Uint8Array, name: string, cmaps: string): Promise<DocumentText> {
  const document = await readFormat(bytes, name, cmaps);
  const chars = document.parts.reduce((sum, part) => sum + part.length, 0);
  if (chars > documentLimits.chars || document.parts.length > documentLimits.pages)
    throw new DocumentProblem("tooLarge");
  if (document.parts.every((part) => part.trim() === "")) throw new DocumentProblem("empty");
  return document;
}

async function readFormat(bytes: Uint8Array, name: string, cmaps: string): Promise<DocumentText> {
  const start = Buffer.from(bytes.subarray(0, 1024)).toString("latin1");
  if (bytes.length === 0) throw new DocumentProblem("empty");
  if (start.startsWith("%PDF-") || (/\.pdf$/i.test(name) && start.includes("%PDF-"))) return readPdf(bytes, cmaps);
  if (start.startsWith("PK\u0003\u0004")) return readArchive(bytes);
  // An old Word document, or a new one that is encrypted.
  if (start.startsWith("\u00d0\u00cf\u0011\u00e0")) throw new DocumentProblem("old");
  if (start.startsWith("{\\rtf")) throw new DocumentProblem("unknown");
  const text = decodedText(bytes);
  if (/\.(x?html?|xht)$/i.test(name) || /^\s*<(!doctype html|html)\b/i.test(text.slice(0, 1000))) {
    const { title, text: shown } = htmlText(text);
    return { format: "html", title, unit: null, parts: [shown] };
  }
  return { format: "text", title: null, unit: null, parts: [text] };
}

async function readArchive(bytes: Uint8Array): Promise<DocumentText> {
  const archive = await Archive.open(bytes);
  if ((await mainPart(archive)) !== null) return readDocx(archive);
  if (archive.has("META-INF/container.xml")) return readEpub(archive);
  const kind = await archive.text("mimetype");
  if (kind?.startsWith("application/vnd.oasis.opendocument.text") === true) return readOdt(archive);
  throw new DocumentProblem("unknown");
}
