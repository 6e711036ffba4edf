import type { Page } from "@playwright/test";

/**
 * Notes by how many pixels the text in the lower part of a conversation moves between two frames, unless that is what
 * the wheel does, which turns by `step`. Returns how to read what was noted.
 */
export async function watchTextJumps(page: Page, step: number): Promise<() => Promise<number[]>> {
  const watch = await page.locator(".conversation-scroll").evaluateHandle((scroller, step) => {
    const jumps: number[] = [];
    let mark: Element | null = null;
    let top = 0;
    const frame = (): void => {
      if (mark?.isConnected) {
        const moved = mark.getBoundingClientRect().top - top;
        if (Math.abs(moved - step * Math.round(moved / step)) > 2) jumps.push(moved);
      }
      const { left, width, bottom } = scroller.getBoundingClientRect();
      mark =
        document.elementFromPoint(left + width / 2, bottom - 60)?.closest("article :is(p, pre, h2, .text-piece)") ??
        null;
      top = mark?.getBoundingClientRect().top ?? 0;
      requestAnimationFrame(frame);
    };
    requestAnimationFrame(frame);
    return jumps;
  }, step);
  return () => watch.jsonValue();
}
