import { expect, type Locator, type Page } from "@playwright/test";
import type { PictureState, Stage } from "../PictureState.ts";
import { showChats } from "../showChats.ts";

/** Two folders, one of them open with a chat, and two archived chats. */
async function makeFolders({ page }: Stage): Promise<void> {
  await page.evaluate(async () => {
    const call = async (name: string, input: object): Promise<{ id: string; chats: { id: string }[] }> => {
      const outcome = (await window.r1.call(name as never, input as never)) as { value: never };
      return outcome.value;
    };
    const { chats } = await call("chats.list", {});
    const [, , one, two, three, four] = chats.map(({ id }) => id);
    const { id } = await call("chats.createFolder", { name: "Geometry" });
    await call("chats.createFolder", { name: "A folder with a name that is rather long for one line" });
    await call("chats.moveToFolder", { chatIds: [one, two], folderId: id });
    await call("chats.archive", { chatIds: [three, four], archived: true });
  });
  await page.locator(".part-row button.chat-link", { hasText: "Geometry" }).click();
  await expect(page.locator('.chat-row[data-part="true"]')).toHaveCount(2, { timeout: 4_000 });
}

async function deleteFolders({ page }: Stage): Promise<void> {
  await page.evaluate(async () => {
    const call = async (name: string, input: object): Promise<Record<string, { id: string }[]>> => {
      const outcome = (await window.r1.call(name as never, input as never)) as { value: never };
      return outcome.value;
    };
    for (const { id } of (await call("chats.folders", {}))["folders"] ?? []) {
      await call("chats.deleteFolder", { folderId: id });
    }
    const chatIds = ((await call("chats.list", { archived: true }))["chats"] ?? []).map(({ id }) => id);
    if (chatIds.length > 0) await call("chats.archive", { chatIds, archived: false });
  });
}

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
    name: "chats/folders",
    home: "used",
    show: async (stage) => {
      await makeFolders(stage);
      await stage.page.mouse.move(600, 300);
      return () => deleteFolders(stage);
    },
    narrow: showChats,
  },
  {
    name: "chats/move-menu",
    home: "used",
    show: async (stage) => {
      await makeFolders(stage);
      const { page } = stage;
      const rows = page.locator(".chat-row a");
      await rows.nth(0).click({ modifiers: ["Control"] });
      await rows.nth(1).click({ modifiers: ["Control"] });
      await page.locator(".list-selection button").first().click();
      await expect(page.locator(".move-menu")).toBeVisible({ timeout: 4_000 });
      return async () => {
        await page.keyboard.press("Escape");
        await page.locator(".list-selection button").last().click();
        await deleteFolders(stage);
      };
    },
  },
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
