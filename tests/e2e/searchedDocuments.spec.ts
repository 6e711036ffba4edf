import { writeFile } from "node:fs/promises";
import { expect, type Page, test } from "@playwright/test";
import { pdfFile, pdfText } from "../support/documents/pdfFile.ts";
import { replies } from "./support/chatSteps.ts";
import { giveFiles } from "./support/giveFiles.ts";
import { launchApp, type RunningApp } from "./support/launchApp.ts";
import { writeNext } from "./support/writeReplies.ts";

let app: RunningApp;
test.beforeEach(async () => {
  app = await launchApp({ writes: true });
});
test.afterEach(async () => {
  await app.close();
});

const chips = (page: Page) => page.locator(".composer").getByRole("list", { name: "Documents" }).getByRole("listitem");
const field = (page: Page) => page.getByRole("textbox", { name: "Message" });

test("a document that is too long is searched with one click, and a citation shows its passage, marked, beside the chat", async () => {
  const { page, home } = app;
  const rules = Array.from({ length: 9_000 }, (_, at) => `Rule ${at} says what is to be done in case${at}.`);
  const path = test.info().outputPath("rules.txt");
  await writeFile(path, rules.join("\n"));
  await giveFiles(page, "drop", [path]);
  await expect(chips(page)).toHaveText([/rules\.txt \d+ kB/], { timeout: 60_000 });
  await writeNext(home, { answer: "It is ruled [1], not [99]. `a[1]`" });
  await field(page).fill("What is to be done in case4321?");
  await field(page).press("Enter");
  await page.getByRole("button", { name: "Search in rules.txt" }).click();
  const reply = replies(page).last();
  await expect(reply).toContainText("It is ruled [1], not [99]. a[1]");
  const mine = page.getByRole("article", { name: "You" }).last();
  await expect(mine.getByRole("listitem")).toContainText(/rules\.txt.*passages?/);
  // It waits for the next question.
  await expect(chips(page)).toHaveText([/rules\.txt.*searched/]);
  const search = chips(page).getByRole("button", { name: "Search in it: rules.txt" });
  await expect(search).toHaveAttribute("aria-pressed", "true");

  const citations = reply.getByRole("button", { name: /^Passage \d+: rules\.txt$/ });
  await expect(citations).toHaveCount(1);
  await citations.focus();
  await page.keyboard.press("Enter");
  const sheet = page.getByRole("dialog", { name: /rules\.txt/ });
  const mark = sheet.locator("mark");
  await expect(mark).toContainText("case4321.");
  await expect(mark).toBeInViewport();
  await expect(reply).toBeInViewport();
  // The message can still be sent beside it, in the narrowest window too.
  await page.setViewportSize({ width: 640, height: 600 });
  const endOfSend = async (): Promise<number> => {
    const send = await page.locator(".composer-tools > :last-child").boundingBox();
    return (send?.x ?? Infinity) + (send?.width ?? 0);
  };
  await expect.poll(endOfSend).toBeLessThan((await sheet.boundingBox())?.x ?? 0);
  await page.setViewportSize({ width: 1280, height: 800 });
  await page.keyboard.press("Escape");
  await expect(sheet).toBeHidden();
  await expect(citations).toBeFocused();

  // It is sent whole again, which is refused again.
  await search.click();
  await expect(search).toHaveAttribute("aria-pressed", "false");
  await field(page).fill("And in case8?");
  await field(page).press("Enter");
  await expect(page.locator(".composer").getByRole("alert")).toContainText("The context holds");
  await search.click();
  await field(page).fill("Zebras?");
  await field(page).press("Enter");
  await expect(page.getByRole("article", { name: "You" }).last()).toContainText(/rules\.txt.*nothing found in it/);
});

test("a document is searched only within the pages that were chosen, before or after the search was", async () => {
  const { page, home } = app;
  const path = test.info().outputPath("rules.pdf");
  const texts = ["The fee is nine crowns", "The office opens at seven", "The fee of guests is two crowns"];
  await writeFile(path, pdfFile(texts.map((text) => pdfText(text))));
  await giveFiles(page, "drop", [path]);
  await expect(chips(page)).toHaveText([/rules\.pdf 3 pages/], { timeout: 60_000 });
  const choosePages = async (pages: string): Promise<void> => {
    await page.getByRole("button", { name: "Choose pages: rules.pdf" }).click();
    const typed = page.getByRole("textbox", { name: "Pages" });
    await typed.fill(pages);
    await typed.press("Enter");
  };
  await choosePages("2-3");
  await chips(page).getByRole("button", { name: "Search in it: rules.pdf" }).click();
  await expect(chips(page)).toHaveText([/rules\.pdf pages 2-3 of 3 .*searched/]);
  await writeNext(home, { answer: "Two crowns [1]." });
  await field(page).fill("Which fee?");
  await field(page).press("Enter");
  await expect(replies(page).last()).toContainText("Two crowns [1].");
  const mine = page.getByRole("article", { name: "You" }).last();
  await expect(mine.getByRole("button", { name: "Passage 1: rules.pdf, page 3" })).toBeVisible();
  await expect(mine.getByRole("button", { name: /^Passage/ })).toHaveCount(1);

  await choosePages("1");
  await expect(chips(page)).toHaveText([/rules\.pdf pages 1 of 3 .*searched/]);
  await writeNext(home, { answer: "Nine crowns [2]." });
  await field(page).fill("Any fee?");
  await field(page).press("Enter");
  await expect(replies(page).last()).toContainText("Nine crowns [2].");
  await expect(
    page.getByRole("article", { name: "You" }).last().getByRole("button", { name: "Passage 2: rules.pdf, page 1" }),
  ).toBeVisible();
});
