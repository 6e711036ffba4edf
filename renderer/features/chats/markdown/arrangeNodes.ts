import type { Nodes, Parents, Root, RootContent } from "mdast";

/** What the grammar leaves to say about a parsed text, before it becomes elements. */
export function arrangeNodes(tree: Root): void {
  arrange(tree, { inLink: false, inLine: false });
}

interface Place {
  inLink: boolean;
  /** In a cell or a heading, where display math has no place. */
  inLine: boolean;
}

function arrange(parent: Parents, { inLink, inLine }: Place): void {
  const place = {
    inLink: inLink || parent.type === "link" || parent.type === "linkReference",
    inLine: inLine || parent.type === "tableCell" || parent.type === "heading",
  };
  const children: Nodes[] = [];
  for (const child of parent.children) {
    if ("children" in child) arrange(child, place);
    if (child.type === "formula" && place.inLine) child.isDisplay = false;
    if (child.type === "link" && place.inLink) children.push(...child.children);
    else children.push(alone(child, parent) ?? child);
  }
  if (isLine(parent)) {
    breakLines(children, parent.type === "tableCell");
    takeStops(children);
  }
  // The compiler cannot follow that each kind of parent got back what it held.
  parent.children = children as never[];
}

const isLine = ({ type }: Parents): boolean => type === "paragraph" || type === "tableCell" || type === "heading";

/** What stands by itself between paragraphs: display math, and HTML as text. */
function alone(child: Nodes, parent: Parents): RootContent | null {
  if (child.type === "html" && flowParents.has(parent.type))
    return isLineBreak(child) ? emptyLine : { ...child, data: { hName: "div" } };
  if (child.type !== "paragraph" || child.children.length !== 1) return null;
  const [only] = child.children;
  return only?.type === "formula" && only.isDisplay ? only : null;
}

const flowParents = new Set<Nodes["type"]>(["root", "blockquote", "listItem", "footnoteDefinition"]);
const emptyLine: RootContent = { type: "paragraph", children: [{ type: "break" }] };

const isLineBreak = (node: Nodes | undefined): boolean => node?.type === "html" && /^<br[ \t]*\/?>$/i.test(node.value);

/**
 * Makes line breaks of `<br>`: in a cell that holds more than that, and elsewhere where it stands right after a
 * word. "Write <br> for a new line" is talk about a tag.
 */
function breakLines(children: Nodes[], isCell: boolean): void {
  if (!children.some(isLineBreak)) return;
  const isOnly = children.every((child) => isLineBreak(child) || (child.type === "text" && child.value.trim() === ""));
  if (isCell && isOnly) return;
  for (const [index, child] of children.entries()) {
    if (!isLineBreak(child)) continue;
    const before = children[index - 1];
    const after = children[index + 1];
    if (
      isCell ||
      before?.type === "break" ||
      (endsInWord(before) && !isTalkedAbout(after)) ||
      isOnLineOfItsOwn(before, after)
    ) {
      children[index] = { type: "break" };
    }
  }
}

const endsInWord = (node: Nodes | undefined): boolean =>
  node !== undefined && (node.type !== "text" || /[^\s(（「『“‘"'`<[{]$/u.test(node.value));

const isTalkedAbout = (after: Nodes | undefined): boolean =>
  after?.type === "text" && /^["'”’」』）)\]`]/.test(after.value);

const isOnLineOfItsOwn = (before: Nodes | undefined, after: Nodes | undefined): boolean =>
  (before === undefined || (before.type === "text" && before.value.endsWith("\n"))) &&
  (after === undefined || (after.type === "text" && after.value.startsWith("\n")));

/** Keeps a full stop after display math with it, as in print. */
function takeStops(children: Nodes[]): void {
  for (const [index, child] of children.entries()) {
    const after = children[index + 1];
    if (child.type !== "formula" || !child.isDisplay || after?.type !== "text") continue;
    const [all, stop = ""] = /^[ \t]*([.,;:。，；：])(?=\s|$)[ \t]*/.exec(after.value) ?? [];
    if (all === undefined) continue;
    child.tex += /[.,;:]/.test(stop) ? stop : `\\text{${stop}}`;
    child.written += all;
    after.value = after.value.slice(all.length);
    if (after.value === "") children.splice(index + 1, 1);
  }
}
