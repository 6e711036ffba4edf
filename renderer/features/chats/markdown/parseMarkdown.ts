import type { Element, ElementContent, Root, RootContent } from "hast";
import remarkGfm from "remark-gfm";
import remarkMath from "remark-math";
import remarkParse from "remark-parse";
import remarkRehype from "remark-rehype";
import { unified } from "unified";
import { maxMathChars } from "./normaliseMath.ts";

const processor = unified()
  .use(remarkParse)
  .use(remarkGfm)
  .use(remarkMath, { singleDollarTextMath: false })
  .use(remarkRehype, { allowDangerousHtml: true });

/**
 * Returns one block of markdown as a tree. Pure, and without a page: it runs in a worker.
 *
 * - Raw HTML is text; the tree has elements and texts only. Addresses of links and images are as they were written.
 * - A formula is `code` with the class `math-inline`, or `pre > code` with `math-display`, and its TeX as the only text.
 * - A code block is `pre > code`; the `pre` has the property `dataClosed`: whether its fence has an end.
 *
 * Throws what the parser throws; on very deep nesting that is a `RangeError`.
 */
export function parseMarkdown(source: string): Root {
  const tree = processor.runSync(processor.parse(source));
  // HTML between paragraphs is shown as a paragraph.
  tree.children = tree.children.map((node) => (node.type === "raw" ? paragraph(node.value) : node));
  guard(tree, source);
  return tree;
}

function guard(node: Root | Element, source: string): void {
  const children: (RootContent | ElementContent)[] = node.children;
  for (const [index, child] of children.entries()) {
    if (child.type === "element") {
      guardElement(child, source);
      guard(child, source);
    } else if (child.type === "raw") children[index] = { type: "text", value: child.value };
  }
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

function paragraph(value: string): Element {
  return { type: "element", tagName: "p", properties: {}, children: [{ type: "text", value }] };
}

function textLength(element: Element): number {
  return element.children.reduce((sum, child) => sum + (child.type === "text" ? child.value.length : 0), 0);
}
