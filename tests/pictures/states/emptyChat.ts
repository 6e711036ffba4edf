import { expect } from "@playwright/test";
import { picturedDownload } from "../picturedDownload.ts";
import type { PictureState, Stage } from "../PictureState.ts";
import type { Bridge } from "../../../electron/contract/bridge.ts";
import type { Download } from "../../../electron/contract/downloads.ts";

const withDownload =
  (status: Download["status"]) =>
  async (stage: Stage): Promise<() => Promise<void>> => {
    await stage.newChat();
    await stage.tell("downloads.changed", [picturedDownload("d1", status)]);
    return () => stage.tell("downloads.changed", []);
  };

export const emptyChatStates: PictureState[] = [
  { name: "empty/first-start", home: "new", show: (stage) => stage.newChat() },
  { name: "empty/downloading", home: "new", show: withDownload({ state: "running", quietSeconds: 0 }) },
  {
    name: "empty/download-failed",
    home: "new",
    show: withDownload({ state: "failed", problem: { code: "hub-unreachable", message: "" } }),
  },
  {
    name: "empty/downloaded",
    home: "new",
    // The built-in file stands in for the one that was downloaded.
    show: async (stage) => {
      const path = await stage.page.evaluate(async () => {
        const { r1 } = window as unknown as { r1: Bridge };
        const outcome = await r1.call("models.list", {});
        return outcome.ok && outcome.value[0]?.source.kind === "file" ? outcome.value[0].source.path : "";
      });
      return await withDownload({ state: "done", path, sha256: "0".repeat(64), verified: true })(stage);
    },
  },
  {
    name: "empty/used",
    home: "used",
    show: async (stage) => {
      await stage.newChat();
      await expect(stage.page.getByRole("textbox", { name: "Message" })).toBeFocused();
    },
  },
  {
    name: "empty/temporary",
    home: "used",
    show: async (stage) => {
      await stage.newChat();
      const { page } = stage;
      await page.locator(".screen-header button:has(.lucide-message-circle-dashed)").click();
      await expect(page).toHaveURL(/#\/chat\/temporary-/);
    },
  },
];
