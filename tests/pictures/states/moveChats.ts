import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { writeFileSync } from "node:fs";
import type { Bridge } from "../../../electron/contract/bridge.ts";
import { inMain } from "../../support/inMain.mjs";
import { chat, chatFile, folder, message, preset } from "../../support/imports/hostileImports.ts";
import type { PictureState, Stage } from "../PictureState.ts";

/** Sheets and notices of exporting and importing chats. */
export const moveChatsStates: PictureState[] = [
  {
    name: "chat/export-sheet",
    home: "used",
    async show(stage) {
      const { page } = stage;
      await stage.goTo("Settings");
      await page.getByRole("tab", { name: "General" }).click();
      await page.getByRole("button", { name: "Export all chats…" }).click();
      return async () => await page.keyboard.press("Escape");
    },
  },
  {
    name: "chat/import-preview",
    home: "used",
    async show(stage) {
      await chooseFile(stage, fileWithDamage());
      await stage.page.getByRole("dialog").getByRole("button", { name: "Import" }).waitFor();
      return async () => await stage.page.keyboard.press("Escape");
    },
  },
  importedBefore("chat/import-all-here", chatFile([chat, message]), "All of these chats are already here."),
  importedBefore("chat/import-nothing-new", chatFile([preset]), "Nothing new to import"),
  {
    name: "chat/import-not-undone",
    home: "used",
    async show(stage) {
      await stage.goTo("Settings");
      await stage.tell("imports.changed", {
        state: "failed",
        problem: { code: "import-not-undone", message: "" },
      });
      await stage.page.getByRole("alert").waitFor();
      return () => stage.tell("imports.changed", { state: "none" });
    },
  },
  {
    name: "chat/import-refused",
    home: "used",
    async show(stage) {
      await chooseFile(stage, "Dear diary");
      await stage.page.getByText("does not know the format", { exact: false }).waitFor();
      return async () => await stage.page.getByRole("alert").getByRole("button", { name: "Dismiss" }).click();
    },
  },
  {
    name: "chat/imported",
    home: "used",
    async show(stage) {
      const { page } = stage;
      await chooseFile(stage, chatFile([preset, folder, chat, message]));
      await page.getByRole("dialog").getByRole("button", { name: "Import" }).click();
      await page.getByRole("button", { name: "Undo import" }).waitFor();
      return async () => {
        await page.getByRole("button", { name: "Undo import" }).click();
        await page.locator(".notice", { hasText: "removed" }).getByRole("button", { name: "Dismiss" }).click();
      };
    },
  },
];

/** A file that is imported a second time, with what its preview says. */
function importedBefore(name: string, file: string, words: string): PictureState {
  return {
    name,
    home: "used",
    async show(stage) {
      const { page } = stage;
      const dialog = page.getByRole("dialog");
      await chooseFile(stage, file);
      await dialog.getByRole("button", { name: "Import" }).click();
      await page.getByRole("button", { name: "Undo import" }).waitFor();
      await chooseFile(stage, file);
      await dialog.getByText(words).waitFor();
      return async () => {
        await page.keyboard.press("Escape");
        // The other pictures are without it.
        await page.evaluate(
          async ([title, presetName]) => {
            const { r1 } = window as unknown as { r1: Bridge };
            const [list, presets] = [await r1.call("chats.list", {}), await r1.call("presets.list", {})];
            if (!list.ok || !presets.ok) throw new Error("the lists cannot be read");
            const chatIds = list.value.chats.filter((each) => each.title === title).map(({ id }) => id);
            if (chatIds.length > 0) await r1.call("chats.delete", { chatIds });
            const own = presets.value.find(({ name: its }) => its === presetName);
            if (own !== undefined) await r1.call("presets.delete", { id: own.id });
          },
          [chat.title, preset.name],
        );
      };
    },
  };
}

function fileWithDamage(): string {
  const chats = Array.from({ length: 12 }, (_, index) => [
    {
      ...chat,
      id: `chat ${index}`,
      title: `A chat about the number ${index}, with a title that is rather long for one line`,
    },
    { ...message, id: `message ${index}` },
  ]);
  return chatFile([preset, folder, ...chats.flat(), { ...chat, id: "x", onOpen: 1 }]).replace("hello", "hullo");
}

async function chooseFile(stage: Stage, content: string): Promise<void> {
  const { page, electron } = stage;
  const path = join(await mkdtemp(join(tmpdir(), "r1-workbench-pictures-")), "chats of last year.jsonl");
  writeFileSync(path, content);
  await inMain(
    electron,
    ({ dialog }, chosen) => {
      dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [chosen] });
    },
    path,
  );
  await stage.goTo("Settings");
  await page.getByRole("tab", { name: "General" }).click();
  await page.getByRole("button", { name: "Import chats…" }).click();
}
