import type { ElementContent, Properties } from "hast";

const namespaces = {
  html: "http://www.w3.org/1999/xhtml",
  svg: "http://www.w3.org/2000/svg",
  math: "http://www.w3.org/1998/Math/MathML",
};

const elements: Readonly<Record<keyof typeof namespaces, ReadonlySet<string>>> = {
  html: new Set(["span"]),
  svg: new Set(["svg", "path", "line"]),
  math: new Set(
    (
      "math annotation semantics mtext mn mo mi mspace mover munder munderover msup msub msubsup mfrac mroot msqrt " +
      "mtable mtr mtd mlabeledtr mrow menclose mstyle mpadded mphantom"
    ).split(" "),
  ),
};

const attributes = new Set(
  (
    "class aria-hidden encoding display mathvariant stretchy fence separator lspace rspace width height depth voffset " +
    "notation columnalign columnspacing rowspacing rowlines columnlines scriptlevel displaystyle accent accentunder " +
    "linethickness mathcolor mathbackground mathsize minsize maxsize linebreak side viewBox preserveAspectRatio d " +
    "x1 x2 y1 y2 stroke-width"
  ).split(" "),
);

/** Lengths, colours and KaTeX's few keywords. None of them can load anything or leave the formula's box. */
const styleNames =
  /^(?:background-color|border(?:-[a-z]+)*|bottom|color|height|left|margin(?:-[a-z]+)?|min-width|padding-left|position|text-shadow|top|width|vertical-align)$/;
const styleWord = "(?:[-+]?[\\d.]+(?:em|ex|px|pt|%)?|#[\\da-f]{3,8}|[a-z]+)";
const styleValue = new RegExp(`^${styleWord}(?: ${styleWord})*$`, "i");

/**
 * Builds a formula's nodes from allowed elements, attributes and styles. Of any other element, only the content. Its
 * lines that get a number follow those of `numbersBefore` formulas above.
 */
export function buildFormula(content: readonly ElementContent[], numbersBefore = 0): DocumentFragment {
  const formula = build(content);
  const drawn = formula.querySelectorAll(".eqn-num");
  const spoken = formula.querySelectorAll(".mml-eqn-num");
  // CSS would count the formulas that are on the page now, which are those around the visible part.
  for (const [index, place] of drawn.entries()) place.textContent = `(${numbersBefore + index + 1})`;
  // KaTeX's MathML also counts lines with a tag of their own, which are then not known.
  if (spoken.length === drawn.length) {
    for (const [index, place] of spoken.entries()) {
      const text = document.createElementNS(namespaces.math, "mtext");
      text.textContent = `(${numbersBefore + index + 1})`;
      place.replaceChildren(text);
    }
  }
  return formula;
}

function build(content: readonly ElementContent[]): DocumentFragment {
  const fragment = document.createDocumentFragment();
  for (const child of content) {
    if (child.type === "text") fragment.append(child.value);
    else if (child.type === "element") {
      const kind = kindOf(child.tagName);
      const inner = build(child.children);
      if (kind === null) fragment.append(inner);
      else {
        const element = document.createElementNS(namespaces[kind], child.tagName);
        setAttributes(element, child.properties);
        // MathML is for screen readers and is not visible.
        if (kind !== "math") setStyle(element as HTMLElement | SVGElement, child.properties["style"]);
        element.append(inner);
        fragment.append(element);
      }
    }
  }
  return fragment;
}

function kindOf(tagName: string): keyof typeof namespaces | null {
  for (const kind of ["html", "svg", "math"] as const) if (elements[kind].has(tagName)) return kind;
  return null;
}

function setAttributes(element: Element, properties: Properties): void {
  for (const [name, value] of Object.entries(properties)) {
    if (typeof value === "string" && attributes.has(name)) element.setAttribute(name, value);
  }
}

/** The content security policy blocks style attributes, but not properties. */
function setStyle({ style }: ElementCSSInlineStyle, declarations: Properties[string]): void {
  if (typeof declarations !== "string") return;
  for (const declaration of declarations.split(";")) {
    const [name = "", value = ""] = declaration.split(":").map((part) => part.trim());
    if (!styleNames.test(name) || !styleValue.test(value)) continue;
    if (name === "position" && value !== "relative" && value !== "absolute") continue;
    style.setProperty(name, value);
  }
}
