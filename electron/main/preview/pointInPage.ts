import type { WebContents } from "electron";
import { z } from "zod";
import type { PointedElement } from "../../contract/preview.ts";
import { previewLimits } from "../../contract/previewLimits.ts";

/** Not the page's own world (0), nor Electron's (999). */
const world = 1001;
const longestSelector = 1000;

/** What comes back of a page may be anything. */
const pointedSchema = z.object({
  selector: z.string().transform((text) => text.slice(0, longestSelector)),
  html: z.string().transform((text) => text.slice(0, previewLimits.textChars)),
});

/**
 * Has the user click an element of a page. Resolves with null if the pointing was ended or the page cannot be asked.
 * @param script Our script for it, `point.js`.
 */
export async function pointInPage(contents: WebContents, script: string): Promise<PointedElement | null> {
  const given: unknown = await contents
    .executeJavaScriptInIsolatedWorld(world, [{ code: `${script};point()` }])
    .catch(() => null);
  const pointed = pointedSchema.safeParse(given);
  return pointed.success ? pointed.data : null;
}

/** Ends it; the page must not hold this up. */
export function endPointingInPage(contents: WebContents): void {
  contents.executeJavaScriptInIsolatedWorld(world, [{ code: "globalThis.endPointing?.()" }]).catch(() => undefined);
}
