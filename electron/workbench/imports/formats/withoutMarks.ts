import { z } from "zod";

/** What ChatGPT's page shows for them is no text: sources, pictures, maps and the like. */
const withoutWords: ReadonlySet<string> = new Set([
  "cite",
  "filecite",
  "memcite",
  "navlist",
  "image_group",
  "i",
  "products",
  "finance",
  "forecast",
  "map",
  "schedule",
  "standings",
]);
const mostFields = 4;

/**
 * Replaces ChatGPT's marks by the words that its page shows there, if they have any. A mark is a code and fields between
 * characters that have no meaning elsewhere, such as `\ue200url\ue202Words\ue202turn0search0\ue201`.
 */
export function withoutMarks(text: string): string {
  let kept = "";
  let at = 0;
  for (let open = text.indexOf("\ue200"); open !== -1; open = text.indexOf("\ue200", at)) {
    const end = text.indexOf("\ue201", open);
    if (end === -1) break;
    const start = text.lastIndexOf("\ue200", end);
    kept += text.slice(at, start) + wordsOf(text.slice(start + 1, end));
    at = end + 1;
  }
  return kept + text.slice(at);
}

function wordsOf(mark: string): string {
  const [code = "", ...fields] = mark.split("\ue202", mostFields);
  if (withoutWords.has(code)) return "";
  return fields.map(wordsOfField).find((words) => words !== "") ?? "";
}

const entity = z.tuple([z.unknown(), z.string()], z.unknown());
const formula = z.record(z.string().startsWith("math_block"), z.object({ content: z.string() }));

/** A field is text, the number of a source, or JSON: the kind and the name of something, or a block of the page. */
function wordsOfField(field: string): string {
  if (/^turn\d+[a-z]+\d+$/.test(field)) return "";
  const value = jsonIn(field);
  if (value === undefined) return field;
  const named = entity.safeParse(value);
  if (named.success) return named.data[1];
  const block = formula.safeParse(value);
  return block.success
    ? Object.values(block.data)
        .map(({ content }) => `\\[${content}\\]`)
        .join("\n")
    : "";
}

/** Returns undefined for what is not a list or an object. */
function jsonIn(field: string): unknown {
  if (!/^[[{]/.test(field)) return undefined;
  try {
    return JSON.parse(field);
  } catch {
    return undefined;
  }
}
