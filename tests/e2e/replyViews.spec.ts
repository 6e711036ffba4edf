import { mkdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "@playwright/test";
import { inMain } from "../support/inMain.mjs";
import { axeFaults } from "./support/axeFaults.ts";
import { replies } from "./support/chatSteps.ts";
import { launchApp } from "./support/launchApp.ts";
import { shareApp } from "./support/shareApp.ts";
import { receive, writeNext } from "./support/writeReplies.ts";

const app = shareApp(() => launchApp({ writes: true }));

async function chooseOfLast(name: string): Promise<void> {
  await replies(app.page).last().getByRole("button", { name: "More" }).click();
  await app.page.getByRole("menuitem", { name }).click();
}

test("a reply is read as a document, printed alone, and saved as a PDF", async () => {
  const { outputDir } = test.info();
  const { page } = app;
  await receive(app, { answer: "Another reply." });
  await receive(app, {
    thought: "Hmm.",
    answer: "## The sum\n\nIt is $\\frac{1}{2}$.\n\n| a | b |\n|---|---|\n| 2 | x |\n| 1 | y |",
  });
  await chooseOfLast("Read as a document");
  const sheet = page.getByRole("dialog");
  await expect(sheet.getByRole("heading", { name: "The sum" })).toBeVisible();
  await expect(sheet.locator(".katex")).toHaveCount(1);
  await expect(sheet.getByText("Another reply.")).toHaveCount(0);
  await expect(sheet.locator(".document-scroll")).toBeFocused();
  expect(await axeFaults(page)).toEqual([]);
  await sheet.getByRole("button", { name: "a", exact: true }).click();
  await expect(sheet.locator("tbody td").first()).toHaveText("1");
  // What the printer gets.
  await inMain(app.electron, ({ webContents }) => {
    const printed: string[] = [];
    Object.assign(globalThis, { printed });
    const prototype = Object.getPrototypeOf(webContents.getAllWebContents()[0]) as Electron.WebContents;
    prototype.print = function (this: Electron.WebContents, _options, done) {
      void (this.executeJavaScript("document.body.innerText") as Promise<string>).then((text) => {
        printed.push(text);
        done?.(true, "");
      });
    };
  });
  const printed = (): Promise<string[]> =>
    inMain(app.electron, () => (globalThis as unknown as { printed: string[] }).printed);
  await sheet.getByRole("button", { name: "Print" }).click();
  await expect.poll(async () => (await printed()).length).toBe(1);
  const [text = ""] = await printed();
  expect(text).toContain("The sum");
  for (const other of ["Another reply.", "Write it.\n", "Hmm."]) expect(text).not.toContain(`\n${other}`);
  await mkdir(outputDir, { recursive: true });
  const filePath = join(outputDir, "reply.pdf");
  await inMain(
    app.electron,
    ({ dialog }, chosen) => {
      dialog.showSaveDialog = (() => Promise.resolve({ canceled: false, filePath: chosen })) as never;
    },
    filePath,
  );
  await sheet.getByRole("button", { name: "Save as PDF" }).click();
  await expect.poll(() => readFile(filePath, "latin1").catch(() => "")).toMatch(/^%PDF-[\s\S]*%%EOF\s*$/u);
  await expect.poll(() => inMain(app.electron, ({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(1);
  await page.keyboard.press("Escape");
  await expect(sheet).toHaveCount(0);
});

test("two versions of a reply are compared line by line", async () => {
  const { page } = app;
  await receive(app, { answer: "First line.\n\nThe result is 24.\n\nEnd." });
  await writeNext(app.home, { answer: "First line.\n\nThe result is 42.\n\nEnd." });
  await replies(page).last().getByRole("button", { name: "Regenerate" }).click();
  await expect(replies(page).last()).toContainText("The result is 42.");
  await chooseOfLast("Compare with another version");
  const sheet = page.getByRole("dialog");
  await expect(sheet.locator("del")).toHaveText("The result is 24.");
  await expect(sheet.locator("ins")).toHaveText("The result is 42.");
  await expect(sheet.getByRole("combobox", { name: "Compared with" })).toHaveValue(/./u);
  expect(await axeFaults(page)).toEqual([]);
  await page.keyboard.press("Escape");
  await expect(sheet).toHaveCount(0);
});
