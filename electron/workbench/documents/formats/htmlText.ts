import { PlainText } from "../PlainText.ts";
import { readMarkup } from "./readMarkup.ts";

const unseen = new Set(["script", "style", "template", "noscript", "svg", "object", "iframe", "head"]);
const ownLine = new Set(
  "address article aside blockquote body caption dd details dialog div dl dt fieldset figcaption figure footer form header hr main nav p section summary table tbody tfoot thead ul ol".split(
    " ",
  ),
);

/** Returns the title and the text of a page that a reader sees: headings and list items marked as in Markdown. */
export function htmlText(html: string): { title: string | null; text: string } {
  const written = new PlainText();
  const hidden: string[] = [];
  const title: string[] = [];
  let isTitle = false;
  let exact = 0;
  let isFirstCell = true;
  readMarkup(html, "html", {
    open(name, attributes) {
      if (name === "title" && !hidden.includes("svg")) isTitle = true;
      if (hidden.length > 0 || unseen.has(name) || attributes["hidden"] !== undefined) {
        hidden.push(name);
        return;
      }
      const heading = /^h([1-6])$/.exec(name);
      if (heading !== null) {
        written.paragraph();
        written.add(`${"#".repeat(Number(heading[1]))} `, true);
      } else if (name === "br") written.line();
      else if (name === "pre") {
        written.paragraph();
        exact += 1;
      } else if (name === "li") {
        written.line();
        written.add("- ", true);
      } else if (name === "tr") {
        written.line();
        isFirstCell = true;
      } else if (name === "td" || name === "th") {
        if (!isFirstCell) written.add(" | ", true);
        isFirstCell = false;
      } else if (ownLine.has(name)) written.paragraph();
    },
    text(text) {
      if (isTitle) title.push(text);
      else if (hidden.length === 0) written.add(text, exact > 0);
    },
    close(name) {
      if (name === "title") isTitle = false;
      if (hidden.length > 0) {
        hidden.pop();
        return;
      }
      if (name === "pre") {
        exact = Math.max(0, exact - 1);
        written.paragraph();
      } else if (name === "li" || name === "tr") written.line();
      else if (ownLine.has(name) || /^h[1-6]$/.test(name)) written.paragraph();
    },
  });
  return { title: title.join("").replace(/\s+/g, " ").trim().slice(0, 300) || null, text: written.take() };
}
