import { expect, type Locator, type Page } from "@playwright/test";
import type { PictureState } from "../PictureState.ts";
import { showChats } from "../showChats.ts";

const searching = (name: string, words: string, shown: (page: Page) => Locator): PictureState => ({
  name: `search/${name}`,
  home: "used",
  show: async ({ page }) => {
    const field = page.getByRole("searchbox", { name: "Search chats" });
    await field.fill(words);
    await expect(shown(page)).toBeVisible({ timeout: 4_000 });
    return () => field.fill("");
  },
  narrow: showChats,
});

export const searchStates: PictureState[] = [
  searching("hits", "prime", (page) => page.getByRole("listbox", { name: "Search results" })),
  searching("nothing", "zyzzyva", (page) => page.getByText(/^No chat/)),
  {
    name: "search/opened-hit",
    home: "used",
    show: async ({ page }) => {
      const field = page.getByRole("searchbox", { name: "Search chats" });
      await field.fill("multiple");
      await page.getByRole("listbox", { name: "Search results" }).getByRole("option").first().click();
      await expect(page.getByRole("article").first()).toBeVisible({ timeout: 4_000 });
      return async () => {
        await field.fill("");
      };
    },
  },
  {
    name: "search/find-in-chat",
    home: "used",
    show: async (stage) => {
      await stage.page.getByRole("link", { name: "Sum of three" }).first().click();
      await stage.page.getByRole("textbox", { name: "Message" }).press("Control+f");
      await stage.page.getByRole("searchbox", { name: /Find/ }).fill("sum");
      await stage.page.getByText("1 of 19").waitFor();
    },
  },
];
