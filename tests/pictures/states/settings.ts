import { expect } from "@playwright/test";
import type { Bridge } from "../../../electron/contract/bridge.ts";
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
  {
    name: "settings/privacy-connections",
    home: "used",
    show: async (stage) => {
      await show(stage, "Privacy");
      await stage.page.evaluate(async () => {
        const { r1 } = window as unknown as { r1: Bridge };
        await r1.call("hub.search", { words: "deepseek r1" });
        await r1.call("hub.listing", { repo: "owner/gone", revision: "main" });
        await r1.call("network.refused", { host: "tracker.example" });
      });
      const record = stage.page.locator(".connections");
      await expect(record.getByText("tracker.example")).toBeVisible();
      await stage.page.getByRole("button", { name: "Go offline" }).click();
      await record.scrollIntoViewIfNeeded();
      await expect(stage.page.locator(".offline-row")).toBeVisible();
      return () => stage.page.getByRole("button", { name: "Go online" }).click();
    },
    subject: (page) => page.locator(".connections"),
  },
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
