/**
 * Elements whose content is HTML too. Others, such as `<details>` or `<think>`, are put around Markdown by models:
 * their tags are shown, and their content is Markdown.
 */
const elements = new Set(
  "html head body script style title template svg math div section article main header footer nav aside form fieldset select button label textarea table thead tbody tfoot tr td th ul ol li dl dt dd p pre h1 h2 h3 h4 h5 h6 blockquote figure figcaption picture video audio canvas object iframe noscript a span center".split(
    " ",
  ),
);
const tagOrFence = /<(\/?)([A-Za-z][A-Za-z0-9]{0,12})(?=[\s/>])|<!--|-->|<\?|\?>|\n[ \t>]*(?:`{3}|~{3})/g;
/** Not elements: each ends with the first of its ends, however often it begins. */
const closings: Record<string, string> = { "-->": "<!--", "?>": "<?" };

export interface HtmlFinder {
  /** Returns the end of the line on which the element that begins at `start` ends, or null if it has no end. */
  endOf(start: number): number | null;
  /** Returns whether an element that begins at `start` has no end yet, and must be kept in one piece. */
  isUnfinished(start: number): boolean;
}

/**
 * Pairs the tags of a text in one pass, with a stack for each name. A code fence is Markdown, so a tag paired across
 * one was only mentioned.
 */
export function findHtml(source: string): HtmlFinder {
  const ends = new Map<number, number>();
  const open = new Map<string, { start: number; fences: number }[]>();
  let fences = 0;
  let lineEnd = -1;
  for (const { 0: found, 1: slash, 2: written = "", index } of source.matchAll(tagOrFence)) {
    const name = written.toLowerCase();
    if (found.startsWith("\n")) {
      fences++;
      continue;
    }
    if (name !== "" && !elements.has(name)) continue;
    const opened = closings[found];
    const key = opened ?? (name === "" ? found : name);
    const begun = open.get(key) ?? [];
    open.set(key, begun);
    if (opened !== undefined) begun.length = Math.min(begun.length, 1);
    else if (slash !== "/") {
      begun.push({ start: index, fences });
      continue;
    }
    if (lineEnd < index) {
      lineEnd = source.indexOf("\n", index + found.length);
      if (lineEnd === -1) lineEnd = source.length;
    }
    const opening = begun.pop();
    if (opening?.fences === fences) ends.set(opening.start, lineEnd);
  }
  return {
    endOf: (start) => ends.get(start) ?? null,
    isUnfinished: (start) =>
      /^<(?:!--|\?|(?:!doctype|html|head|body|script|style|svg|div|section|table|form)\b)/i.test(
        source.slice(start, start + 12),
      ) && !ends.has(start),
  };
}
