import { expect, type Locator, type Page } from "@playwright/test";
import type { CallInput, CallName, CallResult } from "../../../electron/contract/calls.ts";
import type { PictureState, Stage } from "../PictureState.ts";
import { showChats } from "../showChats.ts";

/** Calls main as the page's stores do. */
async function call<Name extends CallName>(
  { page }: Stage,
  name: Name,
  input: CallInput<Name>,
): Promise<CallResult<Name>> {
  const outcome = await page.evaluate(
    async ([given, params]) => {
      const { r1 } = window as unknown as { r1: { call: (name: string, input: unknown) => Promise<unknown> } };
      return await r1.call(given, params);
    },
    [name, input] as const,
  );
  return (outcome as { value: CallResult<Name> }).value;
}

/** Two folders, one of them open with two chats, and two archived chats. */
async function makeFolders(stage: Stage): Promise<void> {
  const { chats } = await call(stage, "chats.list", {});
  const ids = chats.map(({ id }) => id);
  const { id: folderId } = await call(stage, "chats.createFolder", { name: "Geometry" });
  await call(stage, "chats.createFolder", { name: "A folder with a name that is rather long for one line" });
  await call(stage, "chats.moveToFolder", { chatIds: ids.slice(2, 4), folderId });
  await call(stage, "chats.archive", { chatIds: ids.slice(4, 6), archived: true });
  await stage.page.locator(".part-row button.chat-link", { hasText: "Geometry" }).click();
  await expect(stage.page.locator('.chat-row[data-part="true"]')).toHaveCount(2, { timeout: 4_000 });
}

async function deleteFolders(stage: Stage): Promise<void> {
  const { folders } = await call(stage, "chats.folders", {});
  for (const { id: folderId } of folders) await call(stage, "chats.deleteFolder", { folderId });
  const { chats } = await call(stage, "chats.list", { archived: true });
  if (chats.length > 0) await call(stage, "chats.archive", { chatIds: chats.map(({ id }) => id), archived: false });
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
