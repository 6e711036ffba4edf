import type { Nodes, Parents, Root, RootContent } from "mdast";

/** Corrects a parsed text where the grammar alone cannot, before it is turned into elements. */
export function arrangeNodes(tree: Root): void {
  arrange(tree, { inLink: false, inLine: false });
}

interface Place {
  inLink: boolean;
  /** In a table cell or a heading, where display math is not possible. */
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
  // The compiler cannot know that each kind of parent gets back children of the kinds it had.
  parent.children = children as never[];
}

const isLine = ({ type }: Parents): boolean => type === "paragraph" || type === "tableCell" || type === "heading";

/** Returns a child that forms a block by itself: display math, or HTML as text; otherwise null. */
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
 * Turns `<br>` into line breaks: in a cell that contains anything else, and elsewhere directly after a word. In "Write
 * <br> for a new line", the tag is only mentioned.
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

/** Keeps a full stop after display math on its line, as in print. */
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
