import type { Element, ElementContent, Root, RootContent } from "hast";
import type { VFile } from "vfile";
import { maxMathChars } from "./normaliseMath.ts";

/** A rehype plugin: notes which code fences are closed, and makes plain text of HTML and of oversized math. */
export function guardTree() {
  return (tree: Root, file: VFile): void => {
    const source = String(file);
    const walk = (node: Root | RootContent | ElementContent): void => {
      if (node.type === "element") guardElement(node, source);
      if ("children" in node) for (const child of node.children) walk(child);
    };
    walk(tree);
    // HTML between paragraphs is shown as the text of a paragraph.
    tree.children = tree.children.map((node) =>
      node.type === "raw"
        ? { type: "element", tagName: "p", properties: {}, children: [{ type: "text", value: node.value }] }
        : node,
    );
  };
}

function guardElement(element: Element, source: string): void {
  if (element.tagName === "pre") {
    const { start, end } = element.position ?? {};
    const fence = source.slice(start?.offset ?? 0, end?.offset ?? 0);
    element.properties.dataClosed = /\n[ \t>]*(?:`{3,}|~{3,})[ \t]*$/.test(fence);
  }
  const classes = element.properties.className;
  if (Array.isArray(classes) && classes.includes("language-math") && textLength(element) > maxMathChars) {
    element.properties.className = [];
  }
}

function textLength(element: Element): number {
  return element.children.reduce((sum, child) => sum + (child.type === "text" ? child.value.length : 0), 0);
}
