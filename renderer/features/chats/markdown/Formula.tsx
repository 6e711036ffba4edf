import type { ElementContent } from "hast";
import { memo, useLayoutEffect, useRef } from "react";
import { buildFormula } from "./buildFormula.ts";
import { scrollWideParts } from "./scrollWideParts.ts";

export interface FormulaProps {
  /** Its TeX, including the delimiters if it could not be typeset. */
  written: string;
  isDisplay: boolean;
  /** How many lines of formulas above it have a number. */
  numbersBefore: number;
  /** The worker's result; null if the formula could not be typeset and is shown as written. */
  content: readonly ElementContent[] | null;
}

/** A formula. Its many nodes are built at once, without React; they change only if its TeX changes. */
export const Formula = memo(
  function Formula({ written, isDisplay, numbersBefore, content }: FormulaProps) {
    const place = useRef<HTMLSpanElement>(null);
    useLayoutEffect(() => {
      const formula = content ? buildFormula(content, numbersBefore) : null;
      if (formula !== null && !isDisplay) scrollWideParts(formula);
      place.current?.replaceChildren(formula ?? written);
    }, [written, isDisplay, content, numbersBefore]);
    return (
      <span
        ref={place}
        className={isDisplay ? "formula is-display" : "formula"}
        // One per part of an answer is a tab stop, and arrows lead to the others: see `useFormulaMenu`.
        tabIndex={content ? -1 : undefined}
      />
    );
  },
  (before, after) =>
    before.written === after.written &&
    before.isDisplay === after.isDisplay &&
    before.numbersBefore === after.numbersBefore &&
    (before.content === null) === (after.content === null),
);
