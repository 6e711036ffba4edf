import type { Element, ElementContent, Properties } from "hast";
import katex from "katex";
import { formulaLimits } from "./answerLimits.ts";
import { TreeTooLarge } from "./answerTree.ts";

/** The parts of KaTeX's tree that are read here, before it is turned into DOM nodes. */
interface VirtualNode {
  type?: string;
  text?: string;
  classes?: string[];
  style?: Record<string, string>;
  attributes?: Record<string, string>;
  children?: VirtualNode[];
  italic?: number;
  pathName?: string;
  alternate?: string | null;
  character?: string | null;
  width?: number;
  toMarkup: () => string;
}

const { __renderToDomTree: buildTree } = katex as unknown as {
  __renderToDomTree: (tex: string, options: object) => VirtualNode;
};

export interface TypesetFormula {
  content: ElementContent[];
  /** Elements and texts. */
  nodes: number;
  /** How many of its lines get a number, as in `equation` and `align`. */
  numbers: number;
}

/** A label only names a line for references, which an answer cannot have here. */
const labels = { "\\label": { numArgs: 1, tokens: [] } };

/**
 * Returns the elements of a formula, with MathML for screen readers, or null if it cannot be typeset and is to be shown
 * as written. KaTeX runs untrusted: no links, no images, no attributes, limited expansion and size.
 */
export function typesetFormula(tex: string, isDisplay: boolean): TypesetFormula | null {
  if (tex.length > formulaLimits.chars) return null;
  try {
    const tree = buildTree(tex, {
      displayMode: isDisplay,
      trust: false,
      maxExpand: 1000,
      maxSize: 10,
      strict: "ignore",
      throwOnError: true,
      macros: { ...labels },
    });
    const building = new Building();
    return { content: building.convert(tree, 1), nodes: building.nodes, numbers: building.numbers };
  } catch {
    // Also catches the stack overflow that deep nesting causes.
    return null;
  }
}

class Building {
  nodes = 0;
  numbers = 0;

  convert(node: VirtualNode, depth: number): ElementContent[] {
    if (depth > formulaLimits.depth) throw new TreeTooLarge();
    if (node.pathName !== undefined) return [this.#path(node)];
    if (node.character !== undefined) return [this.#space(node)];
    if (node.text !== undefined) return [this.#symbol(node, node.text)];
    if (node.classes?.includes("eqn-num") === true) this.numbers++;
    const children = this.#children(node.children ?? [], depth);
    if (node.attributes === undefined) return children;
    if (node.type !== undefined) return [this.#element(node.type, properties(node), children)];
    if (node.classes !== undefined) return [this.#element("span", properties(node), children)];
    return [this.#element(node.children === undefined ? "line" : "svg", properties(node), children)];
  }

  /** Joins neighbouring texts, because a screen reader would read each as a word of its own. */
  #children(nodes: readonly VirtualNode[], depth: number): ElementContent[] {
    const children: ElementContent[] = [];
    for (const node of nodes) {
      for (const child of this.convert(node, depth + 1)) {
        const last = children.at(-1);
        if (child.type === "text" && last?.type === "text") last.value += child.value;
        else children.push(child);
      }
    }
    return children;
  }

  #element(tagName: string, properties: Properties, children: ElementContent[]): Element {
    this.#count();
    return { type: "element", tagName, properties, children };
  }

  #text(value: string): ElementContent {
    this.#count();
    return { type: "text", value };
  }

  #symbol(node: VirtualNode, text: string): ElementContent {
    const style = { ...((node.italic ?? 0) > 0 ? { marginRight: em(node.italic ?? 0) } : {}), ...node.style };
    const value = this.#text(text);
    if (Object.keys(style).length === 0 && (node.classes ?? []).length === 0) return value;
    return this.#element("span", properties({ ...node, style }), [value]);
  }

  #space(node: VirtualNode): ElementContent {
    if (node.character) return this.#text(node.character);
    return this.#element("mspace", { width: em(node.width ?? 0) }, []);
  }

  /** KaTeX knows the shapes of stretchy signs by name only, and outputs them as markup. */
  #path(node: VirtualNode): ElementContent {
    const d = node.alternate ?? /\bd="([^"]*)"/.exec(node.toMarkup())?.[1] ?? "";
    return this.#element("path", { d }, []);
  }

  #count(): void {
    this.nodes++;
    if (this.nodes > formulaLimits.nodes) throw new TreeTooLarge();
  }
}

function properties({
  classes = [],
  style = {},
  attributes = {},
}: Pick<VirtualNode, "classes" | "style" | "attributes">) {
  const result: Properties = { ...attributes };
  const names = classes.filter((name) => name !== "");
  const styles = Object.entries(style).map(([name, value]) => `${kebab(name)}:${value}`);
  if (result["style"] !== undefined) styles.push(String(result["style"]));
  if (names.length > 0) result["class"] = names.join(" ");
  if (styles.length > 0) result["style"] = styles.join(";");
  return result;
}

const em = (width: number): string => `${Number(width.toFixed(4))}em`;
const kebab = (name: string): string => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
