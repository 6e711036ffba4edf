import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { stripVTControlCharacters } from "node:util";
import { type Page, test } from "@playwright/test";
import type { Bridge } from "../../electron/contract/bridge.ts";
import type { Language } from "../../electron/contract/languages.ts";
import { lengthenWords } from "../e2e/support/layoutFaults.ts";
import type { PictureState } from "./PictureState.ts";
import { openStage } from "./openStage.ts";
import { pictureStates } from "./pictureStates.ts";

interface Wanted {
  folder: string;
  /** Names of states or of their screens; empty: all. */
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
    stage.page.setDefaultTimeout(4_000);
    const missed: string[] = [];
    try {
      for (const state of ofHome) {
        try {
          const leave = await state.show(stage);
          await takeAll(stage.page, state);
          await leave?.();
        } catch (error) {
          missed.push(`${state.name}: ${firstLines(error)}`);
          await stage.page.screenshot({ path: join(folder, "failed", `${fileName(state)}.png`) });
        }
        await speak(stage.page, "en");
        await stage.page.setViewportSize({ width: 1280, height: 800 });
        await stage.page.keyboard.press("Escape");
      }
    } finally {
      await stage.close();
    }
    if (missed.length > 0) throw new Error(`These states could not be shown:\n${missed.join("\n")}`);
  });
}

const fileName = ({ name }: PictureState): string => name.replace("/", "-");

/** Takes a picture in each language, theme and size. */
async function takeAll(page: Page, state: PictureState): Promise<void> {
  for (const language of languages) {
    await speak(page, language === "pseudo" ? "en" : language);
    await mkdir(join(folder, language), { recursive: true });
    for (const size of sizes) {
      const [width = 0, height = 0] = size.split("x").map(Number);
      await page.setViewportSize({ width, height });
      await painted(page);
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

async function speak(page: Page, language: string): Promise<void> {
  if ((await page.locator("html").getAttribute("lang")) === language) return;
  await page.evaluate(async (chosen) => {
    await (window as unknown as { r1: Bridge }).r1.call("settings.change", { language: chosen as Language });
  }, language);
  await page.locator(`html[lang="${language}"]`).waitFor();
}

/** Waits until a change has been laid out and painted. */
async function painted(page: Page): Promise<void> {
  await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
}

/** Returns the beginning of a message, without terminal colours. */
function firstLines(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  return stripVTControlCharacters(text).split("\n").slice(0, 4).join(" ");
}
