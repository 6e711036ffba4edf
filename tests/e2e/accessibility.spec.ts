import { expect, type Page, test } from "@playwright/test";
import type { PictureState } from "../pictures/PictureState.ts";
import { openStage } from "../pictures/openStage.ts";
import { pictureStates } from "../pictures/pictureStates.ts";
import { throughStates } from "../pictures/throughStates.ts";
import { axeFaults, colourRules } from "./support/axeFaults.ts";

const looks = [
  { name: "light", media: { colorScheme: "light", forcedColors: "none" }, rules: null },
  { name: "dark", media: { colorScheme: "dark", forcedColors: "none" }, rules: colourRules },
  { name: "forced colours", media: { colorScheme: "dark", forcedColors: "active" }, rules: colourRules },
] as const;

test.describe.configure({ mode: "parallel" });

/** Only the colours differ between the looks, so the other rules are checked in the first one. */
async function faultsInAllLooks(page: Page, state: string): Promise<string[]> {
  const found: string[] = [];
  for (const { name, media, rules } of looks) {
    await page.emulateMedia({ ...media, reducedMotion: "reduce" });
    const faults = await axeFaults(page, rules === null ? null : [...rules]);
    found.push(...faults.map((fault) => `${state} (${name}): ${fault}`));
  }
  return found;
}

/** States are named after the screen or the part of one that they show. */
const subjectOf = ({ name }: PictureState): string => name.slice(0, name.indexOf("/"));

for (const home of ["used", "new"] as const) {
  const ofHome = pictureStates.filter((state) => state.home === home);
  for (const subject of new Set(ofHome.map(subjectOf))) {
    test(`axe finds nothing in the states of "${subject}" in a ${home} home, in light, dark and forced colours`, async () => {
      test.setTimeout(600_000);
      const stage = await openStage(home);
      const found: string[] = [];
      try {
        const states = ofHome.filter((state) => subjectOf(state) === subject);
        const missed = await throughStates(stage, states, async ({ name }) => {
          found.push(...(await faultsInAllLooks(stage.page, name)));
        });
        found.push(...missed);
      } finally {
        await stage.close();
      }
      expect(found).toEqual([]);
    });
  }
}
