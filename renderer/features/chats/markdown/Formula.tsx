import katex from "katex";
import { useLayoutEffect, useRef } from "react";

export interface FormulaProps {
  tex: string;
  isDisplay: boolean;
}

/**
 * One formula. KaTeX builds its nodes itself: parsing its HTML would trip over the window's own rule against
 * inline styles. It is given no trust: no links, no images, no attributes, bounded expansion and size.
 */
export function Formula({ tex, isDisplay }: FormulaProps) {
  const place = useRef<HTMLSpanElement>(null);
  useLayoutEffect(() => {
    const element = place.current;
    if (!element) return;
    try {
      katex.render(tex, element, {
        displayMode: isDisplay,
        trust: false,
        maxExpand: 1000,
        maxSize: 10,
        strict: "ignore",
        throwOnError: true,
      });
    } catch {
      // What cannot be typeset is shown as it was written.
      element.textContent = tex;
    }
    // KaTeX writes a few drawn widths as a style attribute, which the rule ignores; as properties they count.
    for (const svg of element.querySelectorAll("svg[style]")) {
      if (svg instanceof SVGElement) svg.style.cssText = svg.getAttribute("style") ?? "";
    }
  }, [tex, isDisplay]);
  return <span ref={place} className={isDisplay ? "formula is-display" : "formula"} />;
}
