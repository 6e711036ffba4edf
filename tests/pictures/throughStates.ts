import { stripVTControlCharacters } from "node:util";
import type { Page } from "@playwright/test";
import type { Bridge } from "../../electron/contract/bridge.ts";
import type { Language } from "../../electron/contract/languages.ts";
import type { PictureState, Stage } from "./PictureState.ts";

/**
 * Enters each state, does something in it and leaves it. Returns the states that could not be entered or left, with the
 * reason; the others are not affected.
 */
export async function throughStates(
  stage: Stage,
  states: readonly PictureState[],
  work: (state: PictureState) => Promise<void>,
  onMissed: (state: PictureState) => Promise<void> = () => Promise.resolve(),
): Promise<string[]> {
  const missed: string[] = [];
  for (const state of states) {
    try {
      const leave = await state.show(stage);
      await work(state);
      await asAtFirst(stage.page);
      await leave?.();
    } catch (error) {
      missed.push(`${state.name} could not be shown: ${beginning(error)}`);
      await onMissed(state);
    }
    await asAtFirst(stage.page);
    await stage.page.keyboard.press("Escape");
  }
  return missed;
}

/** Changes the app's language, with what is open staying open. */
export async function speak(page: Page, language: string): Promise<void> {
  if ((await page.locator("html").getAttribute("lang")) === language) return;
  await page.evaluate(async (chosen) => {
    await (window as unknown as { r1: Bridge }).r1.call("settings.change", { language: chosen as Language });
  }, language);
  await page.locator(`html[lang="${language}"]`).waitFor();
}

/** Returns to the language and size in which states are entered and left. */
async function asAtFirst(page: Page): Promise<void> {
  await speak(page, "en");
  await page.setViewportSize({ width: 1280, height: 800 });
}

/** Returns the first lines of a message, without terminal colours. */
function beginning(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  return stripVTControlCharacters(text).split("\n").slice(0, 4).join(" ");
}
