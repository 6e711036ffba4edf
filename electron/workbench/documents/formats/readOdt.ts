import type { DocumentText } from "../../../contract/documents.ts";
import type { Archive } from "../Archive.ts";
import { DocumentProblem } from "../DocumentProblem.ts";
import { PlainText } from "../PlainText.ts";
import { elementText } from "./elementText.ts";
import { readMarkup } from "./readMarkup.ts";

/** Comments, deleted text, and what a table repeats at each page. */
const unseen = new Set(["office:annotation", "text:tracked-changes", "office:forms", "text:ruby-text"]);
/** Empty elements that repeat a character or a cell can stand for any number of them. */
const mostRepeats = 1000;

/** Returns the text of an OpenDocument text with its notes where they stand. */
export async function readOdt(archive: Archive): Promise<DocumentText> {
  const manifest = (await archive.text("META-INF/manifest.xml")) ?? "";
  if (manifest.includes("encryption-data")) throw new DocumentProblem("password");
  const content = await archive.text("content.xml");
  if (content === null) throw new DocumentProblem("damaged");
  const written = new PlainText();
  let hidden = 0;
  let body = 0;
  let isFirstCell = true;
  let tables = 0;
  readMarkup(content, "xml", {
    open(name, attributes) {
      if (unseen.has(name)) hidden += 1;
      if (name === "office:body") body += 1;
      if (hidden > 0) return;
      const level = Number(attributes["text:outline-level"] ?? 1);
      if (name === "text:h") written.add(`${"#".repeat(Math.min(6, Math.max(1, level || 1)))} `, true);
      else if (name === "text:list-item") written.add("- ", true);
      else if (name === "text:tab") written.add("\t", true);
      else if (name === "text:line-break") written.line();
      else if (name === "text:s") {
        written.add(" ".repeat(Math.min(mostRepeats, Math.max(1, Number(attributes["text:c"]) || 1))), true);
      } else if (name === "text:note") written.add(" [", true);
      else if (name === "table:table") {
        tables += 1;
        written.paragraph();
      } else if (name === "table:table-row") isFirstCell = true;
      else if (name === "table:table-cell") {
        if (!isFirstCell) written.add(" | ", true);
        isFirstCell = false;
      }
    },
    text(text) {
      if (hidden === 0 && body > 0) written.add(text);
    },
    close(name) {
      if (hidden === 0) {
        if (name === "text:p" || name === "text:h") {
          if (tables === 0) written.paragraph();
          else written.add(" ");
        } else if (name === "text:note") written.add("] ", true);
        else if (name === "table:table-row") written.line();
        else if (name === "table:table") {
          tables -= 1;
          written.paragraph();
        }
      }
      if (unseen.has(name)) hidden -= 1;
      if (name === "office:body") body -= 1;
    },
  });
  const title = elementText((await archive.text("meta.xml")) ?? "", "dc:title");
  return { format: "odt", title, unit: null, parts: [written.take()] };
}
