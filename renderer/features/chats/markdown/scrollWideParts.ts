/** A part that is never broken, with more elements than this, may be wider than its line. */
const wideElements = 40;

/** Lets the parts of a formula within a line that are never broken scroll, where their strut puts them. */
export function scrollWideParts(formula: ParentNode): void {
  for (const part of formula.querySelectorAll<HTMLElement>(".base")) {
    const strut = part.querySelector<HTMLElement>(":scope > .strut");
    if (strut === null || part.getElementsByTagName("*").length <= wideElements) continue;
    part.classList.add("is-wide");
    part.style.verticalAlign = strut.style.verticalAlign || "0em";
  }
}
