import { formulaInText } from "./formulaTex.ts";

/**
 * Puts what is selected on the clipboard with formulas as LaTeX, if there are some in it. The layout of a formula would
 * be copied as a heap of letters otherwise.
 */
export function copyWithFormulas(event: ClipboardEvent): void {
  const selection = getSelection();
  const isField = event.target instanceof HTMLInputElement || event.target instanceof HTMLTextAreaElement;
  if (selection === null || selection.isCollapsed || selection.rangeCount === 0 || isField) return;
  const range = selection.getRangeAt(0);
  const formulas = formulasIn(range);
  if (formulas.length === 0 || event.clipboardData === null) return;
  const { anchorNode, anchorOffset, focusNode, focusOffset } = selection;
  // The layout decides where lines end, so that the words take the formulas' places for as long as the text is read.
  const stands = formulas.map((formula) => standIn(formula));
  try {
    widen(range, selection);
    event.clipboardData.setData("text/plain", selection.toString());
    event.clipboardData.setData("text/html", htmlOf(selection.getRangeAt(0)));
    event.preventDefault();
  } finally {
    for (const takeAway of stands) takeAway();
    if (anchorNode && focusNode) selection.setBaseAndExtent(anchorNode, anchorOffset, focusNode, focusOffset);
  }
}

function formulasIn(range: Range): HTMLElement[] {
  const { commonAncestorContainer: node } = range;
  const root = node instanceof Element ? node : node.parentElement;
  const inside = root?.closest<HTMLElement>(".formula");
  const all = inside ? [inside] : Array.from(root?.querySelectorAll<HTMLElement>(".formula") ?? []);
  return all.filter((formula) => range.intersectsNode(formula) && formulaInText(formula) !== null);
}

/** Shows a formula's LaTeX in place of it. Returns what undoes that. */
function standIn(formula: HTMLElement): () => void {
  const words = document.createElement("span");
  words.style.whiteSpace = "pre";
  words.textContent = formulaInText(formula);
  const drawn = Array.from(formula.children).filter((child) => child instanceof HTMLElement);
  for (const child of drawn) child.style.display = "none";
  formula.append(words);
  return () => {
    words.remove();
    for (const child of drawn) {
      child.style.removeProperty("display");
      if (child.getAttribute("style") === "") child.removeAttribute("style");
    }
  };
}

/** Makes a selection that begins or ends within a formula contain all of it. */
function widen(range: Range, selection: Selection): void {
  const formulaOf = (node: Node): Element | null =>
    (node instanceof Element ? node : node.parentElement)?.closest(".formula") ?? null;
  const whole = range.cloneRange();
  const first = formulaOf(range.startContainer);
  const last = formulaOf(range.endContainer);
  if (first !== null) whole.setStartBefore(first);
  if (last !== null) whole.setEndAfter(last);
  selection.setBaseAndExtent(whole.startContainer, whole.startOffset, whole.endContainer, whole.endOffset);
}

/** Returns what is selected as plain HTML: without our buttons, classes and styles, which mean nothing elsewhere. */
function htmlOf(range: Range): string {
  const page = document.createElement("div");
  page.append(range.cloneContents());
  for (const formula of page.querySelectorAll(".formula")) {
    const words = formula.lastElementChild;
    if (formula.querySelector("math") !== null) formula.replaceWith(words?.textContent ?? "");
  }
  for (const button of page.querySelectorAll("button, figcaption")) button.remove();
  for (const element of page.querySelectorAll("*"))
    for (const { name } of Array.from(element.attributes)) if (name !== "href") element.removeAttribute(name);
  return page.innerHTML;
}
