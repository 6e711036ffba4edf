import type { ElementContent } from "hast";
import { memo, useLayoutEffect, useRef } from "react";
import { buildFormula } from "./buildFormula.ts";

export interface FormulaProps {
  /** Its TeX, with its delimiters if it is not typeset. */
  written: string;
  isDisplay: boolean;
  /** What the worker made of it; null where it cannot be typeset, and is shown as it was written. */
  content: readonly ElementContent[] | null;
}

/** One formula. Its many nodes are built at once, without React: while its TeX is the same, they never change. */
export const Formula = memo(
  function Formula({ written, isDisplay, content }: FormulaProps) {
    const place = useRef<HTMLSpanElement>(null);
    useLayoutEffect(() => {
      place.current?.replaceChildren(content ? buildFormula(content) : written);
    }, [written, content]);
    return <span ref={place} className={isDisplay ? "formula is-display" : "formula"} />;
  },
  (before, after) =>
    before.written === after.written &&
    before.isDisplay === after.isDisplay &&
    (before.content === null) === (after.content === null),
);
