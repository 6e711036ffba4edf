import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, type Locator, type Page } from "@playwright/test";
import type { Bridge } from "../../../electron/contract/bridge.ts";
import { chooseInDialogs } from "../../e2e/support/chooseInDialogs.ts";
import { receive, writeNext } from "../../e2e/support/writeReplies.ts";
import { pdfFile, pdfText } from "../../support/documents/pdfFile.ts";
import type { PictureState, Stage } from "../PictureState.ts";

const chips = (page: Page): Locator =>
  page.locator(".composer").getByRole("list", { name: "Documents" }).getByRole("listitem");

/** Attaches files to a new chat. Returns how to remove them. */
async function attach(stage: Stage, files: Record<string, string | Buffer>): Promise<() => Promise<void>> {
  const { page } = stage;
  await stage.newChat();
  const folder = mkdtempSync(join(tmpdir(), "documents-"));
  for (const [name, content] of Object.entries(files)) {
    const path = join(folder, name);
    writeFileSync(path, content);
    await chooseInDialogs(stage.electron, [path]);
    await page.getByRole("button", { name: "Attach documents" }).click();
    await page
      .getByRole("button", { name: `Remove: ${name}` })
      .first()
      .waitFor();
  }
  await expect(page.getByText("Reading…")).toHaveCount(0);
  return async () => {
    await stage.newChat();
    const left = page.getByRole("button", { name: /^Remove: / });
    for (let count = await left.count(); count > 0; count--) {
      await left.first().click();
      await page.waitForFunction(
        (before) => document.querySelectorAll(".composer .chip, .composer .problem").length < before,
        count,
      );
    }
  };
}

const report = (): Buffer =>
  pdfFile(
    // The last three pages are scanned.
    Array.from({ length: 48 }, (_, page) =>
      page < 45 ? pdfText(`Page ${page + 1} of the annual report of the association.`) : "",
    ),
  );
const files = { "annual-report-of-the-association-2025.pdf": report(), "notes.md": "# Notes\n\nWhat was decided.\n" };

const rules = (): string =>
  Array.from({ length: 9_000 }, (_, at) => `Rule ${at}: the treasurer keeps account ${at} and reports it.`).join("\n");

async function send({ page }: Stage, text: string): Promise<void> {
  await page.getByRole("textbox", { name: "Message" }).fill(text);
  await page.getByRole("textbox", { name: "Message" }).press("Enter");
}

const papers = {
  "annual-report-of-the-association-2025.md": "# Report\n\nThe association has nine members.\n",
  "fees.md": "The fee of members is nine crowns.\n",
  "minutes/spring.txt": "The treasurer reported.\n",
  "minutes/scan.pdf": pdfFile([""]),
  "minutes/broken.docx": Buffer.from("PK\u0003\u0004 no"),
  "photo.jpg": "no text",
  ".hidden.md": "hidden",
  "node_modules/readme.md": "a program's",
};

/** Gives a chat in a folder a folder of documents, or none with `isChosen` false. Returns how to remove all of it. */
async function withFolder(stage: Stage, isChosen = true) {
  const { page, electron } = stage;
  const path = join(mkdtempSync(join(tmpdir(), "papers-")), "Papers of the association");
  for (const [place, content] of Object.entries(papers)) {
    mkdirSync(join(path, place, ".."), { recursive: true });
    writeFileSync(join(path, place), content);
  }
  await stage.newChat();
  const made = await page.evaluate(async () => {
    const { r1 } = window as unknown as { r1: Bridge };
    const asked = async (name: string, input: object): Promise<{ id: string }> => {
      const answer = (await r1.call(name as never, input as never)) as unknown as { value: { id: string } };
      return answer.value;
    };
    const folder = await asked("chats.createFolder", { name: "Association" });
    const chat = await asked("chats.create", {});
    await asked("chats.rename", { chatId: chat.id, title: "Fees and minutes" });
    await asked("chats.moveToFolder", { chatIds: [chat.id], folderId: folder.id });
    window.location.hash = `#/chat/${chat.id}`;
    return { folderId: folder.id, chatId: chat.id };
  });
  const call = async (name: string, input: object): Promise<void> => {
    await page.evaluate(
      async ([called, params]) => {
        const { r1 } = window as unknown as { r1: Bridge };
        await r1.call(called as never, params as never);
      },
      [name, input] as const,
    );
  };
  const chip = page.locator(".composer").getByRole("list", { name: "Documents of the folder" });
  if (isChosen) {
    await chooseInDialogs(electron, [path]);
    await call("shell.chooseDocumentFolder", { folderId: made.folderId });
    await expect(chip).toContainText("3 documents · searched", { timeout: 60_000 });
  }
  const remove = async (): Promise<void> => {
    await page.keyboard.press("Escape");
    await call("chats.purge", { chatIds: [made.chatId] });
    await call("chats.deleteFolder", { folderId: made.folderId });
    await stage.newChat();
  };
  return { chip, path, remove };
}

const folderSheet = (page: Page): Locator => page.getByRole("dialog", { name: "Documents of this folder" });

/** Documents that are attached to messages, and those that stay with a folder. */
export const documentsStates: PictureState[] = [
  {
    name: "documents/attached",
    home: "used",
    async show(stage) {
      const remove = await attach(stage, files);
      await stage.page.getByRole("textbox", { name: "Message" }).fill("What did the association decide?");
      return async () => {
        await stage.page.getByRole("textbox", { name: "Message" }).fill("");
        await remove();
      };
    },
  },
  {
    name: "documents/pages",
    home: "used",
    async show(stage) {
      const remove = await attach(stage, files);
      await stage.page.getByRole("button", { name: /^Choose pages/ }).click();
      await stage.page.getByRole("textbox", { name: "Pages" }).fill("1-60");
      return async () => {
        await stage.page.keyboard.press("Escape");
        await remove();
      };
    },
  },
  {
    name: "documents/refused",
    home: "used",
    show: async (stage) =>
      await attach(stage, { "scan.pdf": pdfFile([""]), "archive.zip": Buffer.from("PK\u0003\u0004 no"), ...files }),
  },
  {
    name: "documents/sent",
    home: "used",
    async show(stage) {
      await attach(stage, files);
      await chips(stage.page).first().waitFor();
      await receive(stage, { answer: "The association decided to publish its accounts every spring." });
    },
  },
  {
    name: "documents/text",
    home: "used",
    async show(stage) {
      const remove = await attach(stage, files);
      await stage.page.getByRole("button", { name: /^Read annual/ }).click();
      await stage.page.getByText("Page 1 of the annual report").waitFor();
      return async () => {
        await stage.page.keyboard.press("Escape");
        await remove();
      };
    },
  },
  {
    name: "documents/search",
    home: "used",
    async show(stage) {
      const remove = await attach(stage, { "rules-of-the-association.txt": rules() });
      await send(stage, "What do the rules say about the treasurer?");
      await stage.page.getByRole("button", { name: "Search in rules-of-the-association.txt" }).waitFor();
      return async () => {
        await stage.page.getByRole("textbox", { name: "Message" }).fill("");
        await remove();
      };
    },
  },
  {
    name: "documents/searchedPages",
    home: "used",
    async show(stage) {
      const { page } = stage;
      const remove = await attach(stage, files);
      await page.getByRole("button", { name: /^Choose pages/ }).click();
      const pages = page.getByRole("textbox", { name: "Pages" });
      await pages.fill("1-5, 40-48");
      await pages.press("Enter");
      await page.getByRole("button", { name: /^Search in it: annual/ }).click();
      await page.locator(".composer .chip [aria-pressed=true]").hover();
      return remove;
    },
  },
  {
    name: "documents/passage",
    home: "used",
    async show(stage) {
      const { page } = stage;
      const name = "rules-of-the-association.txt";
      const remove = await attach(stage, { [name]: rules() });
      await page.getByRole("button", { name: `Search in it: ${name}` }).click();
      await page.locator(".composer .chip [aria-pressed=true]").waitFor();
      await writeNext(stage.home, { answer: "The treasurer keeps the accounts [1] and reports in spring [1][2]." });
      await send(stage, "What does rule 1234 say about the treasurer?");
      await page.locator(".reply .passage-button").nth(1).click();
      await page.locator(".document-sheet mark").waitFor();
      return async () => {
        await page.keyboard.press("Escape");
        await remove();
      };
    },
  },
  {
    name: "documents/folderSearched",
    home: "used",
    async show(stage) {
      const { remove } = await withFolder(stage);
      return remove;
    },
  },
  {
    name: "documents/folderNotSearched",
    home: "used",
    async show(stage) {
      const { chip, remove } = await withFolder(stage);
      await chip.getByRole("button", { name: /^Search in the folder/ }).click();
      await chip.locator("[aria-pressed=false]").waitFor();
      return remove;
    },
  },
  {
    name: "documents/folder",
    home: "used",
    async show(stage) {
      const { chip, remove } = await withFolder(stage);
      await chip.getByRole("button", { name: /^Show the folder/ }).click();
      await folderSheet(stage.page).getByText("“minutes/scan.pdf”").waitFor();
      return remove;
    },
  },
  {
    name: "documents/folderGone",
    home: "used",
    async show(stage) {
      const { chip, path, remove } = await withFolder(stage);
      rmSync(path, { recursive: true });
      await chip.getByRole("button", { name: /^Show the folder/ }).click();
      await folderSheet(stage.page).getByRole("button", { name: "Look for changes" }).click();
      await folderSheet(stage.page).getByText("This folder is not there now.").waitFor();
      return remove;
    },
  },
  {
    name: "documents/folderNone",
    home: "used",
    async show(stage) {
      const { page } = stage;
      const { remove } = await withFolder(stage, false);
      const list = page.getByRole("navigation", { name: "Chats" });
      await list.getByRole("button", { name: "Association", exact: true }).click({ button: "right" });
      await page.getByRole("menuitem", { name: "Documents of this folder…" }).click();
      await folderSheet(page).getByRole("button", { name: "Choose a folder…" }).waitFor();
      return remove;
    },
  },
];
