import type { Element, ElementContent, Root, RootContent } from "hast";
import { directionOf, directionSigns, joinSigns, noSigns, type DirectionSigns } from "./textDirection.ts";

const blocks = new Set("p h1 h2 h3 h4 h5 h6 ul ol li blockquote table th td".split(" "));

/** Sets each block's text direction, and keeps a number in a cell on one line with its unit. */
export function arrangeTree(tree: Root): void {
  const holdsRtl = setDirections(tree).rtlWords > 0;
  if (!holdsRtl) removeDirections(tree);
  visit(tree, (element) => {
    if (element.tagName === "ul" || element.tagName === "ol") keepMarks(element);
    if (element.tagName === "td" || element.tagName === "th") arrangeCell(element);
  });
}

/** An item whose direction differs from its list's stays in line with the list; only its text runs the other way. */
function keepMarks({ properties, children }: Element): void {
  for (const child of children) {
    if (child.type === "element" && child.properties["dir"] !== properties["dir"]) delete child.properties["dir"];
  }
}

/** Aligns a cell that holds a figure with its column. A short word without spaces stays on one line. */
function arrangeCell(cell: Element): void {
  const [only, more] = cell.children;
  if (only?.type === "text" && more === undefined) {
    const text = only.value.trim();
    if (wholeFigure.test(text)) delete cell.properties["dir"];
    if (Array.from(text).length <= shortWordChars && farEastLetter.test(text))
      cell.properties["className"] = ["unbroken"];
  }
  keepFigures(cell);
}

function setDirections(node: Root | RootContent | ElementContent): DirectionSigns {
  if (node.type === "text") return directionSigns(node.value);
  if (node.type !== "element" && node.type !== "root") return noSigns;
  // Code and formulas run from left to right in every language, so they do not count.
  if (node.type === "element" && (node.tagName === "code" || node.tagName === "pre")) return noSigns;
  let signs = noSigns;
  for (const child of node.children) signs = joinSigns(signs, setDirections(child));
  if (node.type === "element" && blocks.has(node.tagName)) {
    const direction = directionOf(signs);
    if (direction !== null) node.properties["dir"] = direction;
  }
  return signs;
}

/** Removes the directions from a tree in which everything runs from left to right. */
function removeDirections(tree: Root): void {
  visit(tree, (element) => {
    delete element.properties["dir"];
  });
}

function visit(node: Root | Element, meet: (element: Element) => void): void {
  for (const child of node.children) {
    if (child.type !== "element") continue;
    meet(child);
    visit(child, meet);
  }
}

const unit = "(?:[\\p{Script=Han}]{1,2}|[^\\s\\p{N}\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}|]{1,12})";
const number = "[\\p{Sc}~～≈<>≤≥±+−-]{0,3}\\p{Nd}[\\p{Nd}.,:/×–~～−-]*";
/** A number, or two with a sign between them, and what follows directly or after a space, usually a unit. */
const figurePattern = new RegExp(
  `${number}(?:[ \\u00A0]?[×x/–~～−-][ \\u00A0]?${number})?(?:[ \\u00A0]?${unit})?`,
  "gu",
);

const wholeFigure = new RegExp(`^(?:${figurePattern.source})$`, "u");
const farEastLetter = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u;
const shortWordChars = 6;

function keepFigures(parent: Element): void {
  parent.children = parent.children.flatMap((child): ElementContent[] => {
    if (child.type === "text") return figuresApart(child.value);
    if (child.type === "element" && child.tagName !== "code" && child.tagName !== "pre") keepFigures(child);
    return [child];
  });
}

function figuresApart(text: string): ElementContent[] {
  const parts: ElementContent[] = [];
  let position = 0;
  for (const match of text.matchAll(figurePattern)) {
    const [figure] = match;
    // A figure of one word cannot be broken anyway.
    if (/^[\p{Nd}.,]+$/u.test(figure)) continue;
    if (match.index > position) parts.push({ type: "text", value: text.slice(position, match.index) });
    parts.push({
      type: "element",
      tagName: "span",
      properties: { className: ["unbroken"] },
      children: [{ type: "text", value: figure }],
    });
    position = match.index + figure.length;
  }
  if (position < text.length) parts.push({ type: "text", value: text.slice(position) });
  return parts;
}
