import { expect } from "@playwright/test";
import type { PictureState, Stage } from "../PictureState.ts";

type Tab = "General" | "Models" | "Privacy" | "Appearance";
const show = async (stage: Stage, tab: Tab): Promise<void> => {
  await stage.goTo("Settings");
  await stage.page.getByRole("tab", { name: tab }).click();
  await expect(stage.page.getByRole("tabpanel", { name: tab })).toBeVisible();
};

const searching = (name: string, words: string): PictureState => ({
  name: `settings/${name}`,
  home: "used",
  show: async (stage) => {
    await show(stage, "General");
    const search = stage.page.locator(".settings-search > input");
    await search.fill(words);
    await expect(stage.page.locator(".settings-hits")).toBeVisible();
    return () => search.fill("");
  },
});

export const settingsStates: PictureState[] = [
  ...(["General", "Models", "Privacy", "Appearance"] as const).map(
    (tab): PictureState => ({
      name: `settings/${tab.toLowerCase()}`,
      home: "used",
      show: (stage) => show(stage, tab),
    }),
  ),
  // A part of words in all languages.
  searching("search", "a"),
  searching("search-nothing", "no such words"),
  {
    name: "settings/changed",
    home: "used",
    show: async (stage) => {
      await show(stage, "Appearance");
      await stage.page.getByRole("combobox", { name: "Reading width" }).selectOption("wide");
      // The notice stays while the focus is in it.
      await stage.page.getByRole("button", { name: "Undo" }).focus();
      return () => stage.page.getByRole("button", { name: "Undo" }).click();
    },
  },
  {
    name: "settings/wrong-number",
    home: "used",
    show: async (stage) => {
      await show(stage, "Models");
      const field = stage.page.getByRole("textbox", { name: "Context" });
      await field.fill("12");
      await field.blur();
      await expect(field).toHaveAttribute("aria-invalid", "true");
      return async () => {
        await field.fill("");
        await field.blur();
      };
    },
  },
  {
    name: "settings/largest-compact",
    home: "used",
    show: async (stage) => {
      await show(stage, "Appearance");
      const set = async (size: string, density: string): Promise<void> => {
        await stage.page.locator("#setting-textSize").selectOption(size);
        await stage.page.locator("#setting-density").selectOption(density);
        await expect(stage.page.locator("html")).toHaveAttribute("data-density", density);
        await stage.page.getByRole("button", { name: "Dismiss" }).click();
      };
      await set("largest", "compact");
      return () => set("standard", "comfortable");
    },
  },
];
