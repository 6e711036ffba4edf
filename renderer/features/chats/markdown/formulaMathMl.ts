/**
 * Returns the MathML of a formula on the page, without its LaTeX, which some programs would show as text. Null if it
 * could not be typeset.
 */
export function formulaMathMl(formula: Element): string | null {
  const math = formula.querySelector("math")?.cloneNode(true);
  if (!(math instanceof Element)) return null;
  for (const annotation of math.querySelectorAll("annotation")) annotation.remove();
  for (const semantics of math.querySelectorAll("semantics")) semantics.replaceWith(...semantics.childNodes);
  for (const element of math.querySelectorAll("[class]")) element.removeAttribute("class");
  return new XMLSerializer().serializeToString(math);
}
