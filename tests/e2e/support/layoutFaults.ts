import type { Page } from "@playwright/test";

/** Elements that may be wider than their container and scroll in it. */
const mayScroll = ".table-scroll, pre, .math-scroll, .katex-display";

/**
 * Returns the layout faults of the page: elements outside the window or their container, containers that scroll
 * sideways, controls that are covered. Each is named by what a user would call it.
 */
export function layoutFaults(page: Page): Promise<string[]> {
  return page.evaluate((scrollers) => {
    const faults = new Set<string>();
    // These are the app's words, not a user's or a model's, and are never shortened.
    const ownWords = "[role='tab'], button.button, button.text-button";
    const width = document.documentElement.clientWidth;
    const height = document.documentElement.clientHeight;
    const nameOf = (element: Element): string => {
      const words = element.getAttribute("aria-label") ?? element.textContent ?? "";
      const classes = element.getAttribute("class") ?? "";
      return `${element.localName}.${classes.replaceAll(" ", ".")} "${words.trim().slice(0, 40)}"`;
    };
    const isShown = (element: Element): boolean =>
      element.checkVisibility({ visibilityProperty: true, opacityProperty: true, contentVisibilityAuto: true }) &&
      element.closest(".visually-hidden") === null;

    for (const element of [document.documentElement, document.body]) {
      if (element.scrollWidth > width || element.scrollLeft !== 0) faults.add("the page is wider than the window");
    }
    for (const scroller of document.querySelectorAll(".table-scroll:has(> .figure-table:not(.is-narrow))")) {
      // Smaller windows have no room for all columns.
      if (width < 800 || !isShown(scroller)) continue;
      if (scroller.scrollWidth > scroller.clientWidth) faults.add(`${nameOf(scroller)} scrolls sideways`);
      for (const cell of scroller.querySelectorAll("th, td")) {
        if (cell.scrollWidth > cell.clientWidth + 1) faults.add(`${nameOf(cell)} is too narrow for what is in it`);
      }
    }
    for (const element of document.querySelectorAll("#root *, [data-base-ui-portal] *")) {
      if (!isShown(element) || element.parentElement?.closest(scrollers)) continue;
      const { left, right, width: own } = element.getBoundingClientRect();
      if (own > 0 && (right > width + 1 || left < -1)) faults.add(`${nameOf(element)} leaves the window`);
      if (element.closest("svg") !== null || element.matches(scrollers)) continue;
      const { overflowX, textOverflow } = getComputedStyle(element);
      if (element.scrollWidth <= element.clientWidth + 1 || element.clientWidth === 0) continue;
      if (overflowX === "auto" || overflowX === "scroll") faults.add(`${nameOf(element)} scrolls sideways`);
      else if (overflowX === "visible" && element.matches("td, th, dt, dd, button, a, p, li, section, header, div")) {
        faults.add(`${nameOf(element)} is too narrow for what is in it`);
      } else if (
        overflowX !== "visible" &&
        textOverflow !== "ellipsis" &&
        !element.matches("input, select, textarea")
      ) {
        faults.add(`${nameOf(element)} cuts off what is in it`);
      } else if (element.matches(ownWords)) {
        faults.add(`${nameOf(element)} loses letters`);
      }
    }

    for (const mark of document.querySelectorAll(".problem-icon")) {
      const words = mark.parentElement?.querySelector("p");
      if (!isShown(mark) || !words) continue;
      const range = document.createRange();
      range.selectNodeContents(words);
      const line = range.getClientRects()[0];
      const { top, bottom, right } = mark.getBoundingClientRect();
      const middle = (top + bottom) / 2;
      const isBeside = line !== undefined && right <= line.left && middle > line.top - 2 && middle < line.bottom + 2;
      if (!isBeside) faults.add(`the red mark is not beside "${words.textContent?.slice(0, 40) ?? ""}"`);
    }

    const controls = "button, a[href], input, select, textarea, summary, [role='tab']";
    for (const element of document.querySelectorAll<HTMLElement>(controls)) {
      if (!isShown(element) || element.matches(":disabled") || getComputedStyle(element).pointerEvents === "none")
        continue;
      // A part of a control that only forms use, such as the input of a switch.
      if (element.closest("[aria-hidden='true']") !== null) continue;
      element.scrollIntoView({ block: "nearest", inline: "nearest" });
      const box = element.getBoundingClientRect();
      const [x, y] = [box.left + box.width / 2, box.top + box.height / 2];
      if (x < 0 || x > width || y < 0 || y > height) {
        faults.add(`${nameOf(element)} cannot be reached`);
        continue;
      }
      const hit = document.elementFromPoint(x, y);
      // It floats over the text while there is more to scroll to.
      if (hit?.closest(".to-end")) continue;
      if (
        hit === null ||
        !(element.contains(hit) || hit.contains(element) || hit.closest("label")?.control === element)
      ) {
        faults.add(`${nameOf(element)} is covered by ${hit === null ? "nothing" : nameOf(hit)}`);
      }
    }
    if (document.documentElement.scrollTop !== 0 || document.body.scrollTop !== 0)
      faults.add("the page scrolls as a whole");
    return [...faults];
  }, mayScroll);
}

/** Lengthens every text of the app to about the length in German or French. Returns a function that undoes it. */
export async function lengthenWords(page: Page): Promise<() => Promise<void>> {
  const kept = await page.evaluateHandle(() => {
    const changed: [Text, string][] = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const node = walker.currentNode as Text;
      if (node.parentElement?.closest("[data-answer], .user-words, .thought-text, style, script, .figure, .is-figure"))
        continue;
      const longer = node.data.replace(
        /\p{L}{4,}/gu,
        (word) => word + word.toLowerCase().slice(0, Math.ceil(word.length * 0.6)),
      );
      if (longer === node.data) continue;
      changed.push([node, node.data]);
      node.data = longer;
    }
    return changed;
  });
  return async () => {
    await kept.evaluate((changed) => {
      for (const [node, words] of changed) node.data = words;
    });
    await kept.dispose();
  };
}
