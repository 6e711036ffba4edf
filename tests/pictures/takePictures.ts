import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { type Page, test } from "@playwright/test";
import { lengthenWords } from "../e2e/support/layoutFaults.ts";
import type { PictureState, Stage } from "./PictureState.ts";
import { openStage } from "./openStage.ts";
import { pictureStates } from "./pictureStates.ts";
import { speak, throughStates } from "./throughStates.ts";

interface Wanted {
  folder: string;
  /** Parts of states' names; empty: all. */
  only: string[];
  sizes: string[];
  themes: ("light" | "dark")[];
  /** "pseudo" is English with longer words. */
  languages: string[];
}

const wanted = JSON.parse(process.env["R1_PICTURES"] ?? "null") as Wanted | null;
if (wanted === null) throw new Error("Run this with: npm run pictures");
const { folder, only, sizes, themes, languages } = wanted;
const states = pictureStates.filter(({ name }) => only.length === 0 || only.some((part) => name.includes(part)));

for (const home of ["used", "new"] as const) {
  const ofHome = states.filter((state) => state.home === home);
  if (ofHome.length === 0) continue;
  test(`pictures of a ${home} home`, async () => {
    const stage = await openStage(home);
    try {
      const missed = await throughStates(
        stage,
        ofHome,
        (state) => takeAll(stage, state),
        async (state) => {
          await stage.page.screenshot({ path: join(folder, "failed", `${fileName(state)}.png`) });
        },
      );
      if (missed.length > 0) throw new Error(missed.join("\n"));
    } finally {
      await stage.close();
    }
  });
}

const fileName = ({ name }: PictureState): string => name.replace("/", "-");

/** In pixels: where the sidebar becomes a rail. */
const narrowBelow = 900;

/** Takes a picture in each language, theme and size. */
async function takeAll(stage: Stage, state: PictureState): Promise<void> {
  const { page } = stage;
  for (const language of languages) {
    await speak(page, language === "pseudo" ? "en" : language);
    await state.again?.(stage);
    await mkdir(join(folder, language), { recursive: true });
    for (const size of sizes) {
      const [width = 0, height = 0] = size.split("x").map(Number);
      await page.setViewportSize({ width, height });
      await painted(page);
      if (width < narrowBelow) await state.narrow?.(stage);
      await state.subject?.(page).evaluate(scrollTo);
      const shorten = language === "pseudo" ? await lengthenWords(page) : null;
      for (const colorScheme of themes) {
        await page.emulateMedia({ colorScheme });
        await painted(page);
        const path = join(folder, language, `${fileName(state)}.${size}.${colorScheme}.png`);
        await page.screenshot({ path, animations: "disabled" });
      }
      await shorten?.();
    }
  }
}

/** Scrolls what an element is in, below the line that stays at its top. Unlike `scrollIntoView`, it moves nothing else. */
function scrollTo(element: Element): void {
  let scroller = element.parentElement;
  // What scrolls only sideways has `overflow-y: auto` too.
  const scrolls = ({ scrollHeight, clientHeight }: Element): boolean => scrollHeight > clientHeight;
  while (scroller && !(scrolls(scroller) && /auto|scroll/.test(getComputedStyle(scroller).overflowY)))
    scroller = scroller.parentElement;
  const offset = element.getBoundingClientRect().top - (scroller?.getBoundingClientRect().top ?? 0);
  scroller?.scrollBy(0, offset - 48);
}

/** Waits until a change has been laid out and painted. */
async function painted(page: Page): Promise<void> {
  await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
}
