import type { Locator } from "@playwright/test";

/** Returns the markup of an answer, without the hint that a formula has once the pointer was over it. */
export function markupOf(answer: Locator): Promise<string> {
  return answer.evaluate((element) => {
    const copy = element.cloneNode(true) as Element;
    for (const formula of copy.querySelectorAll(".formula")) formula.removeAttribute("title");
    return copy.innerHTML;
  });
}
