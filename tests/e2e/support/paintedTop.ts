import type { Locator } from "@playwright/test";

/**
 * Returns where an element was painted in the next frame, in pixels from the top of the window. `boundingBox` may
 * measure between two frames, when new content still has the height of its placeholder.
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
