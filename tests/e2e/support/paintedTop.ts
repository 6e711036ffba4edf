import type { Locator } from "@playwright/test";

/**
 * Returns where an element was painted in the next frame, in pixels from the top of the window. `boundingBox` may look
 * between two frames, when what was just added still has the height of its placeholder.
 */
export function paintedTop(locator: Locator): Promise<number> {
  return locator.evaluate(
    (element) =>
      new Promise<number>((resolve) => {
        const seen = new IntersectionObserver((entries) => {
          seen.disconnect();
          resolve(entries[0]?.boundingClientRect.top ?? Number.NaN);
        });
        seen.observe(element);
      }),
  );
}
