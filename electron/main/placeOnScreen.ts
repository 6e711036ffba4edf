import type { Rectangle } from "electron";

/** How much of a window's upper edge must be on a screen, in pixels, so that it can be moved with the mouse. */
const graspable = 80;
const titleBar = 20;

/**
 * Returns where a window opens: where it was if its title bar can still be reached on one of the screens, or else only
 * its size, for the system to place it. It is never larger than the screen that it opens on.
 * @param areas the work areas of all screens, the main screen's first
 */
export function placeOnScreen(bounds: Rectangle, areas: readonly Rectangle[]): Partial<Rectangle> {
  const [mainArea] = areas;
  const area = areas.find((candidate) => isReachable(bounds, candidate));
  const { width, height } = area ?? mainArea ?? bounds;
  const size = { width: Math.min(bounds.width, width), height: Math.min(bounds.height, height) };
  return area === undefined ? size : { x: bounds.x, y: Math.max(bounds.y, area.y), ...size };
}

function isReachable({ x, y, width }: Rectangle, area: Rectangle): boolean {
  const right = Math.min(x + width, area.x + area.width);
  const shown = right - Math.max(x, area.x);
  return shown >= graspable && y >= area.y - titleBar && y <= area.y + area.height - graspable;
}
