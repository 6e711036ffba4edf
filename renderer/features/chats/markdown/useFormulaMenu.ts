import { type RefObject, useEffect, useState } from "react";
import { useSay } from "../../../texts.ts";

const formulas = ".formula[tabindex]";
/** How far an arrow key scrolls a formula that is wider than its line, in pixels. */
const stepPixels = 60;

/**
 * Returns the formula of an answer whose menu is open, and how to close it. A click opens the menu, and Enter does on the
 * formula that has the focus. Arrow keys scroll a wide formula, and then lead to the next one.
 */
export function useFormulaMenu(answer: RefObject<HTMLElement | null>): {
  formula: HTMLElement | null;
  close: () => void;
} {
  const say = useSay("chats");
  const [formula, setFormula] = useState<HTMLElement | null>(null);
  // One listener for all formulas: a reply may have thousands.
  useEffect(() => {
    const element = answer.current;
    if (!element) return undefined;
    const tell = ({ target }: Event): void => {
      const at = formulaAt(target);
      if (at !== null) at.title = say("formula.hint");
    };
    const click = ({ target }: Event): void => {
      const at = formulaAt(target);
      // Whoever selects text does not want a menu over it.
      if (at !== null && getSelection()?.isCollapsed !== false) setFormula(at);
    };
    const press = (event: KeyboardEvent): void => {
      const at = event.target instanceof HTMLElement && event.target.matches(formulas) ? event.target : null;
      if (at === null || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
      if (event.key === "Enter" || event.key === " ") setFormula(at);
      else if (event.key === "ArrowRight") step(element, at, 1);
      else if (event.key === "ArrowLeft") step(element, at, -1);
      else return;
      event.preventDefault();
    };
    element.addEventListener("pointerover", tell);
    element.addEventListener("focusin", tell);
    element.addEventListener("click", click);
    element.addEventListener("keydown", press);
    return () => {
      element.removeEventListener("pointerover", tell);
      element.removeEventListener("focusin", tell);
      element.removeEventListener("click", click);
      element.removeEventListener("keydown", press);
    };
  }, [answer, say]);
  return { formula, close: () => setFormula(null) };
}

const formulaAt = (target: EventTarget | null): HTMLElement | null =>
  target instanceof Element ? target.closest<HTMLElement>(formulas) : null;

/** Scrolls a formula, or leads to its neighbour if there is no more of it in that direction. */
function step(answer: HTMLElement, formula: HTMLElement, direction: 1 | -1): void {
  for (const part of formula.querySelectorAll(".katex-display, .is-wide")) {
    const before = part.scrollLeft;
    part.scrollLeft += direction * stepPixels;
    if (part.scrollLeft !== before) return;
  }
  const all = Array.from(answer.querySelectorAll<HTMLElement>(formulas));
  all[all.indexOf(formula) + direction]?.focus();
}
