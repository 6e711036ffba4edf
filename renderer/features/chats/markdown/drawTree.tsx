import type { Element, Properties, Root, RootContent } from "hast";
import { createElement, type ReactNode } from "react";
import { CodeBlock } from "./CodeBlock.tsx";
import { drawCitations } from "./drawCitations.tsx";
import { Formula } from "./Formula.tsx";
import { ImageChip } from "./ImageChip.tsx";
import { Link } from "./Link.tsx";
import { safeUrl } from "./safeUrl.ts";

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

/** Renders a parsed answer with allowed elements, attributes and classes only, whatever the tree contains. */
export function drawTree(root: Root): ReactNode[] {
  return drawAll(root.children);
}

/** With `isExact`, numbers in brackets are only text, as in code. */
function drawAll(children: readonly RootContent[], isExact = false): ReactNode[] {
  return children.map((child, index) => {
    if (child.type === "text") return isExact ? child.value : drawCitations(child.value);
    return child.type === "element" ? drawElement(child, index, isExact) : null;
  });
}

function drawElement(element: Element, key: number, isExact: boolean): ReactNode {
  const { tagName, properties, children } = element;
  if (!elements.has(tagName)) return drawAll(children, isExact);
  switch (tagName) {
    case "a":
      return (
        <Link key={key} href={addressOf(properties["href"])}>
          {drawAll(children, true)}
        </Link>
      );
    case "img":
      return <ImageChip key={key} src={addressOf(properties["src"])} alt={textOf(properties["alt"])} />;
    case "pre":
      return <CodeBlock key={key} node={element} />;
    case "formula":
      return (
        <Formula
          key={key}
          written={textOf(properties["written"]) ?? ""}
          isDisplay={properties["isDisplay"] === true}
          content={properties["isTypeset"] === true ? children : null}
        />
      );
    case "input":
      return <input key={key} type="checkbox" checked={properties["checked"] === true} disabled readOnly />;
    case "br":
    case "hr":
      return createElement(tagName, { key });
    case "table":
      return (
        <div key={key} className="table-scroll">
          <table dir={directionIn(properties)}>{drawAll(contents(element), isExact)}</table>
        </div>
      );
    default:
      return createElement(
        tagName,
        { key, ...attributesOf(tagName, properties) },
        ...drawAll(contents(element), isExact || tagName === "code"),
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
