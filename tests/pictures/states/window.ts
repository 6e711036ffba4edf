import { expect } from "@playwright/test";
import type { Problem } from "../../../electron/contract/errors.ts";
import type { PictureState, Stage } from "../PictureState.ts";
import { showChats } from "../showChats.ts";

const day = Date.UTC(2026, 10, 27, 9);
const folder = "/home/reader/.config/R1 Workbench/quarantine/2026-11-28T09-30-00.000Z";
const mended = { folder, restored: 1834, total: 1840, lostAt: day, backupAt: day };

/** Notices about the store, one by one because each is a paragraph. */
const storeNotices = [
  ["being-mended", { code: "store-corrupt", facts: { case: "mending" } }],
  ...["mended", "mendedAll", "fromBackup", "readable", "nothing", "missing"].map((which) => [
    `mended-${which}`,
    { code: "store-corrupt", facts: { ...mended, case: which } },
  ]),
  ...["readOnly", "notAllowed", "diskFull"].map((which) => [
    `read-only-${which}`,
    { code: "store-read-only", facts: { case: which } },
  ]),
  ["messages-damaged", { code: "messages-damaged", facts: { case: "counted", count: 3 } }],
  ["backup-not-made", { code: "backup-not-made", facts: { case: "diskFull" } }],
] as [name: string, problem: Problem][];

export const windowStates: PictureState[] = [
  ...storeNotices.map(
    ([name, problem]): PictureState => ({
      name: `window/store-${name}`,
      home: "used",
      show: async (stage) => {
        await stage.newChat();
        await stage.tell("notices.changed", [{ id: "n1", problem }]);
        return () => stage.tell("notices.changed", []);
      },
    }),
  ),
  {
    name: "window/notices",
    home: "used",
    show: async (stage) => {
      await stage.newChat();
      await stage.tell("notices.changed", [{ id: "n1", problem: { code: "store-corrupt", message: "" } }]);
      return () => stage.tell("notices.changed", []);
    },
  },
  {
    name: "window/notices-crashes",
    home: "used",
    show: async (stage) => {
      await stage.newChat();
      await stage.tell("notices.changed", [
        { id: "n1", problem: { code: "app-ended", message: "" } },
        { id: "n2", problem: { code: "page-crashed", message: "" }, chatId: "c1" },
      ]);
      return () => stage.tell("notices.changed", []);
    },
  },
  {
    name: "window/chats-over-page",
    home: "used",
    show: async (stage) => {
      await stage.newChat();
      await stage.page.keyboard.press("Control+k");
      await expect(stage.page.getByRole("searchbox", { name: "Search chats" })).toBeFocused({ timeout: 4_000 });
    },
    narrow: showChats,
  },
  ...(
    [
      ["command-palette", null],
      ["palette-filtered", "new"],
      ["palette-nothing", "no such command"],
    ] as const
  ).map(
    ([name, words]): PictureState => ({
      name: `window/${name}`,
      home: "used",
      show: (stage) => openPalette(stage, words),
      again: async ({ page }) => {
        await page.keyboard.press("Escape");
        await expect(page.getByRole("dialog")).toHaveCount(0);
        await page.keyboard.press("Control+Shift+p");
        await expect(page.getByRole("dialog").getByRole("combobox")).toBeFocused();
        if (words !== null) await page.keyboard.type(words);
      },
    }),
  ),
  ...["shortcuts", "privacy", "about"].map(
    (words): PictureState => ({
      name: `window/${words}`,
      home: "used",
      show: async (stage) => {
        await openPalette(stage, words);
        await stage.page.keyboard.press("Enter");
        await expect(stage.page.getByRole("dialog", { name: "Command palette" })).toHaveCount(0);
        await expect(stage.page.getByRole("dialog")).toBeVisible();
      },
    }),
  ),
];

async function openPalette(stage: Stage, words: string | null): Promise<void> {
  await stage.newChat();
  await stage.page.keyboard.press("Control+Shift+p");
  const field = stage.page.getByRole("dialog").getByRole("combobox");
  await expect(field).toBeFocused();
  if (words !== null) await field.fill(words);
}
