import { expect } from "@playwright/test";
import type { PictureState } from "../PictureState.ts";

export const windowStates: PictureState[] = [
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
    name: "window/chats-over-page",
    home: "used",
    show: async (stage) => {
      await stage.newChat();
      await stage.page.setViewportSize({ width: 720, height: 600 });
      await stage.page.keyboard.press("Control+k");
      await expect(stage.page.getByRole("searchbox", { name: "Search chats" })).toBeFocused({ timeout: 4_000 });
    },
  },
  {
    name: "window/command-palette",
    home: "used",
    show: async (stage) => {
      await stage.newChat();
      await stage.page.keyboard.press("Control+Shift+p");
      await expect(stage.page.getByRole("dialog")).toBeVisible({ timeout: 4_000 });
    },
  },
];
