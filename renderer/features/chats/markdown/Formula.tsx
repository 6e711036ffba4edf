import type { ElementContent } from "hast";
import { memo, useLayoutEffect, useRef } from "react";
import { buildFormula } from "./buildFormula.ts";

export interface FormulaProps {
  /** Its TeX, including the delimiters if it could not be typeset. */
  written: string;
  isDisplay: boolean;
  /** The worker's result; null if the formula could not be typeset and is shown as written. */
  content: readonly ElementContent[] | null;
}

/** A formula. Its many nodes are built at once, without React; they change only if its TeX changes. */
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
