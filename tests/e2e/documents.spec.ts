import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, type Page, test } from "@playwright/test";
import type { Bridge } from "../../electron/contract/bridge.ts";
import { pdfFile, pdfText } from "../support/documents/pdfFile.ts";
import { ask, replies } from "./support/chatSteps.ts";
import { chooseInDialogs } from "./support/chooseInDialogs.ts";
import { filesWith } from "./support/filesWith.ts";
import { giveFiles as give } from "./support/giveFiles.ts";
import { launchApp, type RunningApp } from "./support/launchApp.ts";

let app: RunningApp;
let folder: string;
test.beforeEach(async () => {
  app = await launchApp();
  folder = test.info().outputPath("documents");
  await mkdir(folder, { recursive: true });
});
test.afterEach(async () => {
  await app.close();
});

async function written(name: string, content: string | Buffer): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, content);
  return path;
}

const chips = (page: Page) => page.locator(".composer").getByRole("list", { name: "Documents" }).getByRole("listitem");
const field = (page: Page) => page.getByRole("textbox", { name: "Message" });

test("documents are attached by button, drop and paste, sent with the question, kept with it and deleted with it", async () => {
  test.setTimeout(180_000);
  const { page, home } = app;
  const pdf = await written(
    "sums.pdf",
    pdfFile(["17 + 25", "quetzalcoatlus two", "three"].map((text) => pdfText(text))),
  );
  await chooseInDialogs(app.electron, [pdf]);
  await page.getByRole("button", { name: "Attach documents" }).click();
  await expect(chips(page)).toHaveCount(1);
  await expect(chips(page).first()).toContainText("sums.pdf 3 pages", { timeout: 60_000 });
  await page.getByRole("button", { name: "Choose pages: sums.pdf" }).click();
  const pages = page.getByRole("textbox", { name: "Pages" });
  await pages.fill("1-9");
  await expect(page.getByText("The last one is 3.")).toBeVisible();
  await pages.fill("1-2");
  await pages.press("Enter");
  await expect(chips(page).first()).toContainText("pages 1-2 of 3");

  await give(page, "drop", [await written("quagga.md", "# Sums\n\n2 + 3")]);
  await give(page, "paste", [await written("odd.zip", Buffer.from("PK\u0003\u0004 no"))]);
  await expect(chips(page)).toHaveCount(2);
  const alert = page.locator(".composer").getByRole("alert");
  await expect(alert).toContainText("“odd.zip” is damaged.");
  await field(page).fill("What is 17 + 25?");
  // What could not be read is not left out without a word.
  await expect(page.getByRole("button", { name: "Send" })).toBeDisabled();
  await page.getByRole("button", { name: "Remove: odd.zip" }).click();
  await expect(page.getByRole("button", { name: "Send" })).toBeEnabled();
  await ask(page, "What is 17 + 25?");
  await expect(chips(page)).toHaveCount(0);
  const mine = page.getByRole("article", { name: "You" }).last();
  await expect(mine.getByRole("listitem")).toHaveText([/sums\.pdf pages 1-2 of 3/, /quagga\.md/]);
  await expect(replies(page).last()).not.toContainText(/Stopped|Interrupted/);

  // What waits in the draft is there after a restart too.
  await give(page, "drop", [await written("later.txt", "pteranodon")]);
  await expect(chips(page)).toHaveText([/later\.txt 10 bytes/]);
  await app.quit();
  app = await launchApp({ home });
  const again = app.page;
  await again
    .getByRole("navigation", { name: "Chats" })
    .getByRole("link", { name: /17 \+ 25/ })
    .click();
  await expect(chips(again)).toHaveText([/later\.txt/]);
  await again.getByRole("button", { name: "Read sums.pdf" }).click();
  const sheet = again.getByRole("dialog");
  await expect(sheet).toContainText("17 + 25");
  await expect(sheet).toContainText("quetzalcoatlus two");
  await sheet.getByRole("spinbutton", { name: "Go to" }).fill("3");
  await expect(sheet.getByRole("region", { name: "Page 3" })).toContainText("three");
  await again.keyboard.press("Escape");
  expect(filesWith(join(home, "store"), "quetzalcoatlus").length).toBeGreaterThan(0);

  await again.getByRole("button", { name: "Remove: later.txt" }).click();
  await expect(chips(again)).toHaveCount(0);
  const { chats } = await again.evaluate(async () => {
    const { r1 } = window as unknown as { r1: Bridge };
    const listed = await r1.call("chats.list", {});
    return listed.ok ? listed.value : { chats: [] };
  });
  await again.evaluate(
    async (chatIds) => {
      await (window as unknown as { r1: Bridge }).r1.call("chats.purge", { chatIds });
    },
    chats.map(({ id }) => id),
  );
  await expect.poll(() => filesWith(join(home, "store"), "quetzalcoatlus"), { timeout: 30_000 }).toEqual([]);
  expect(filesWith(join(home, "store"), "pteranodon")).toEqual([]);
});

test("pages of a PDF that have no text are counted beside its name, and say so when they are read", async () => {
  const { page } = app;
  const pdf = await written("partly-scanned.pdf", pdfFile([pdfText("17 + 25"), "", ""]));
  await chooseInDialogs(app.electron, [pdf]);
  await page.getByRole("button", { name: "Attach documents" }).click();
  await expect(chips(page).first()).toContainText("3 pages · 2 without text ·", { timeout: 60_000 });
  await page.getByRole("button", { name: "Read partly-scanned.pdf" }).click();
  await expect(page.getByText("There is no text here. It may be a picture.")).toHaveCount(2);
});

test("what does not fit is refused before it is sent, with both numbers, and the words and the documents stay", async () => {
  const { page } = app;
  await give(page, "drop", [await written("long.txt", "1 + 2 ".repeat(50_000))]);
  await expect(chips(page)).toHaveText([/long\.txt 300 .B/], { timeout: 60_000 });
  await field(page).fill("What is 1 + 2?");
  await field(page).press("Enter");
  const alert = page.locator(".composer").getByRole("alert");
  await expect(alert).toContainText(/the conversation takes (about )?[\d,]+ tokens. The context holds [\d,]+/);
  await expect(field(page)).toHaveValue("What is 1 + 2?");
  await expect(chips(page)).toHaveCount(1);
  await expect(page.getByRole("article")).toHaveCount(0);
  await page.getByRole("button", { name: "Remove: long.txt" }).click();
  await expect(chips(page)).toHaveCount(0);
});

test("a file that the page made itself, or a path, attaches nothing", async () => {
  const { page } = app;
  const found = await page.evaluate(async () => {
    const { r1 } = window as unknown as { r1: Bridge };
    const made = await r1.attachFiles([new File(["x"], "/etc/passwd")], null);
    const named = await r1.attachFiles(["/etc/passwd" as unknown as object], null);
    const odd = await r1.attachFiles([], "x".repeat(1000));
    const draft = await r1.call("documents.draft", { chatId: null });
    const codes = [made, named, odd].map((outcome) => (outcome.ok ? "ok" : String(outcome.error.code)));
    return [...codes, JSON.stringify(draft)];
  });
  expect(found).toEqual(["document-unreadable", "document-unreadable", "input-invalid", '{"ok":true,"value":[]}']);
});
