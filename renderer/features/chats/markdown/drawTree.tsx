import type { Element, Properties, Root, RootContent } from "hast";
import { createElement, type ReactNode } from "react";
import { CodeBlock } from "./CodeBlock.tsx";
import { drawCitations } from "./drawCitations.tsx";
import { Formula } from "./Formula.tsx";
import { ImageChip } from "./ImageChip.tsx";
import { Link } from "./Link.tsx";
import { safeUrl } from "./safeUrl.ts";
import { Table } from "./Table.tsx";

/** The elements that an answer may contain. Of any other, only the content is rendered. */
const elements = new Set(
  "a blockquote br code del div em formula h1 h2 h3 h4 h5 h6 hr img input li ol p pre section span strong sup table tbody td th thead tr ul".split(
    " ",
  ),
);
/** Elements in which React does not allow white space, which has no meaning there. */
const tableParts = new Set(["table", "thead", "tbody", "tr"]);
const classNames = new Set(["contains-task-list", "task-list-item", "footnotes", "sr-only", "raw-html", "unbroken"]);
const alignments = new Set(["left", "center", "right"]);

/** What is drawn so far. */
interface Drawing {
  /** How many lines of formulas have a number. */
  numbers: number;
}

/**
 * Renders a parsed answer with allowed elements, attributes and classes only, whatever the tree contains. `numbersBefore`
 * is how many lines of formulas above it have a number.
 */
export function drawTree(root: Root, numbersBefore: number): ReactNode[] {
  return drawAll(root.children, { numbers: numbersBefore });
}

/** With `isExact`, numbers in brackets are only text, as in code. */
function drawAll(children: readonly RootContent[], drawing: Drawing, isExact = false): ReactNode[] {
  return children.map((child, index) => {
    if (child.type === "text") return isExact ? child.value : drawCitations(child.value);
    return child.type === "element" ? drawElement(child, index, drawing, isExact) : null;
  });
}

function drawElement(element: Element, key: number, drawing: Drawing, isExact: boolean): ReactNode {
  const { tagName, properties, children } = element;
  if (!elements.has(tagName)) return drawAll(children, drawing, isExact);
  switch (tagName) {
    case "a":
      return (
        <Link key={key} href={addressOf(properties["href"])}>
          {drawAll(children, drawing, true)}
        </Link>
      );
    case "img":
      return <ImageChip key={key} src={addressOf(properties["src"])} alt={textOf(properties["alt"])} />;
    case "pre":
      return <CodeBlock key={key} node={element} />;
    case "formula": {
      const numbersBefore = drawing.numbers;
      drawing.numbers += typeof properties["numbers"] === "number" ? properties["numbers"] : 0;
      return (
        <Formula
          key={key}
          written={textOf(properties["written"]) ?? ""}
          isDisplay={properties["isDisplay"] === true}
          numbersBefore={numbersBefore}
          content={properties["isTypeset"] === true ? children : null}
        />
      );
    }
    case "input":
      return <input key={key} type="checkbox" checked={properties["checked"] === true} disabled readOnly />;
    case "br":
    case "hr":
      return createElement(tagName, { key });
    case "table":
      return (
        <Table
          key={key}
          node={element}
          dir={directionIn(properties)}
          draw={(child, childKey) => drawElement(child, childKey, { ...drawing }, isExact)}
        />
      );
    default:
      return createElement(
        tagName,
        { key, ...attributesOf(tagName, properties) },
        ...drawAll(contents(element), drawing, isExact || tagName === "code"),
      );
  }
}

function contents({ tagName, children }: Element): Element["children"] {
  return tableParts.has(tagName) ? children.filter(({ type }) => type === "element") : children;
}

function attributesOf(tagName: string, properties: Properties): Record<string, unknown> {
  const attributes: Record<string, unknown> = {};
  const { align, start } = properties;
  const classes = Array.isArray(properties["className"])
    ? properties["className"].map(String).filter((name) => classNames.has(name))
    : [];
  if (classes.length > 0) attributes["className"] = classes.join(" ");
  const direction = directionIn(properties);
  if (direction !== undefined) attributes["dir"] = direction;
  if (tagName === "ol" && typeof start === "number") attributes["start"] = start;
  if ((tagName === "td" || tagName === "th") && typeof align === "string" && alignments.has(align)) {
    attributes["style"] = { textAlign: align };
  }
  return attributes;
}

const directionIn = ({ dir }: Properties): "ltr" | "rtl" | undefined =>
  dir === "ltr" || dir === "rtl" ? dir : undefined;

const addressOf = (value: Properties[string]): string | undefined =>
  typeof value === "string" ? (safeUrl(value) ?? undefined) : undefined;

const textOf = (value: Properties[string]): string | undefined => (typeof value === "string" ? value : undefined);
