import { createRequire } from "node:module";
import { readFileSync } from "node:fs";
import type { Page } from "@playwright/test";
import type { AxeResults, RunOptions, Spec } from "axe-core";

const source = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

interface Checked {
  axe?: { configure(spec: Spec): void; run(options: RunOptions): Promise<AxeResults> };
}

/** Rules whose outcome depends on the colours. */
export const colourRules = ["color-contrast", "link-in-text-block"];

/** Returns what axe finds wrong with the page, by all of its rules or by these, with the elements concerned. */
export async function axeFaults(page: Page, rules: string[] | null = null): Promise<string[]> {
  // Colours that are still changing are not the ones that a person reads.
  await page.evaluate(async () => {
    await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
    const ending = document
      .getAnimations()
      .filter(({ effect }) => Number.isFinite(effect?.getComputedTiming().endTime));
    await Promise.allSettled(ending.map(({ finished }) => finished));
  });
  // Sent through the debugger, which the page's policy does not apply to.
  if (!(await page.evaluate(() => "axe" in window))) await page.evaluate(source);
  return page.evaluate(async (only) => {
    const { axe } = window as unknown as Checked;
    if (axe === undefined) throw new Error("axe is not in the page.");
    // A menu belongs to the button that opened it, and to no landmark.
    axe.configure({ rules: [{ id: "region", selector: "body *:not([data-base-ui-portal] *)" }] });
    const { violations } = await axe.run({
      resultTypes: ["violations"],
      ...(only === null ? {} : { runOnly: { type: "rule", values: only } }),
    });
    return violations.flatMap(({ id, help, nodes }) =>
      nodes.map(({ html, any, all, none }) => {
        const why = [...any, ...all, ...none].map(({ message }) => message).join("; ");
        return `${id}: ${help}. ${html.slice(0, 200)} (${why.slice(0, 300)})`;
      }),
    );
  }, rules);
}
