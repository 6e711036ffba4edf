import { expect, type Page, test } from "@playwright/test";
import { addTwin } from "../support/addTwin.ts";
import { axeFaults } from "./support/axeFaults.ts";
import { replies } from "./support/chatSteps.ts";
import { launchApp } from "./support/launchApp.ts";
import { newHome } from "./support/newHome.ts";
import { newWindow } from "./support/newWindow.ts";
import { freePort } from "./support/nextPage.ts";
import { receive, writeNext } from "./support/writeReplies.ts";

const says = (result: string) => ({
  thought: String.raw`Is it \boxed{7}?`,
  answer: String.raw`So it is \(\boxed{${result}}\).`,
});
/** The app with R1 Nano and two models like it. */
async function launch() {
  const home = await newHome();
  await addTwin(home, "R1 Twin");
  await addTwin(home, "R1 Trio");
  return await launchApp({ home, writes: true, debuggingPort: await freePort() });
}
const dialogOf = (page: Page) => page.getByRole("dialog", { name: "Compare models" });
const viewOf = (page: Page) => page.getByRole("region", { name: "Answers side by side" });
const columnOf = (page: Page, model: string) => viewOf(page).getByRole("article", { name: model });

test("three models answer one question, their results are compared, and one is kept with its model", async () => {
  const app = await launch();
  const { page, home } = app;
  await receive(app, says("24"));
  await writeNext(home, [says("24.0"), says("23")]);

  // By the keyboard alone.
  await replies(page).last().getByRole("button", { name: "More" }).press("Enter");
  await page.getByRole("menuitem", { name: "Compare models…" }).press("Enter");
  const dialog = dialogOf(page);
  await expect(dialog.getByRole("checkbox", { name: /^R1 Nano/ })).toBeChecked();
  const boxes = dialog.getByRole("checkbox");
  await expect(boxes).toHaveCount(3);
  for (const box of await boxes.all()) if (!(await box.isChecked())) await box.press("Space");
  await expect(dialog).toContainText("this reply is its answer");
  expect(await axeFaults(page)).toEqual([]);
  await dialog.getByRole("button", { name: "Compare", exact: true }).press("Enter");
  await expect(dialog).toHaveCount(0);

  const view = viewOf(page);
  await expect(view).toContainText("The comparison is complete. 2 of 3 say 24.");
  await expect(view.getByRole("article")).toHaveCount(3);
  await expect(columnOf(page, "R1 Nano")).toContainText("shown in the chat");
  expect(await axeFaults(page)).toEqual([]);
  const wrong = view.getByRole("article").filter({ hasText: "23" });
  await expect(wrong.locator("[data-answer]")).toContainText("So it is 23");
  const kept = await wrong.getAttribute("aria-label");

  // Nothing is kept yet: the chat is as it was.
  await page.keyboard.press("Escape");
  await expect(view).toHaveCount(0);
  await expect(replies(page)).toHaveCount(1);
  await expect(replies(page).last().locator("[data-answer]")).toContainText("24");
  await expect(page.getByRole("textbox", { name: "Message" })).toBeFocused();

  // It is found again from what is stored.
  await page.reload();
  await expect(page.getByText("3 models were asked this question.")).toBeVisible();
  await page.getByRole("button", { name: "Show side by side" }).press("Enter");
  await expect(view).toContainText("2 of 3 say 24.");
  await wrong.getByRole("button", { name: "Keep and use this model" }).press("Enter");
  await expect(view).toHaveCount(0);
  await expect(replies(page).last().locator("[data-answer]")).toContainText("23");
  await expect(page.getByRole("combobox", { name: "Model" })).toContainText(kept ?? "");
  await expect(
    replies(page)
      .last()
      .getByRole("button", { name: /^Version \d\/3/ }),
  ).toBeVisible();
});

test("a comparison is stopped with Esc, keeps what was written, and the next message waits for its end", async () => {
  const app = await launch();
  const { page, home } = app;
  await receive(app, says("24"));
  await writeNext(home, { ...says("23"), hold: true });
  await page.keyboard.press("ControlOrMeta+Shift+P");
  const palette = page.getByRole("dialog", { name: "Command palette" });
  await palette.getByRole("combobox").fill("compare models");
  await palette
    .getByRole("option", { name: /Compare models with the last question/ })
    .first()
    .click();
  const dialog = dialogOf(page);
  for (const box of await dialog.getByRole("checkbox").all()) await box.check();
  await dialog.getByRole("button", { name: "Compare", exact: true }).click();
  const view = viewOf(page);
  await expect(view).toContainText("Model 2 of 3 is answering.");
  await expect(view.getByRole("article").filter({ hasText: "Waiting for its turn" })).toHaveCount(1);
  await expect(view.locator("[aria-busy=true]").locator("[data-answer]")).toContainText("23");
  await expect(view.getByRole("button", { name: "Keep this answer" }).first()).toBeDisabled();
  await page.keyboard.press("Escape");
  await expect(view).toContainText("The comparison was stopped; what was written is kept.");
  await expect(view.getByText("Stopped by you")).toBeVisible();
  await expect(view.getByText("No answer")).toBeVisible();

  // The chat goes on, and is shown then.
  await writeNext(home, says("5"));
  await page.getByRole("textbox", { name: "Message" }).fill("And now?");
  await page.getByRole("textbox", { name: "Message" }).press("Enter");
  await expect(view).toHaveCount(0);
  await expect(replies(page)).toHaveCount(2);
  await expect(replies(page).last().locator("[data-answer]")).toContainText("5");
});

test("each window of the chat shows the comparison, stops it, and hears which answer another one keeps", async () => {
  const app = await launch();
  const { page, home } = app;
  await receive(app, says("24"));
  const window = await newWindow(app.electron, () => page.keyboard.press("Control+Shift+N"));
  await writeNext(home, { ...says("23"), hold: true });
  await replies(page).last().getByRole("button", { name: "More" }).press("Enter");
  await page.getByRole("menuitem", { name: "Compare models…" }).press("Enter");
  await dialogOf(page).getByRole("button", { name: "Compare", exact: true }).click();
  await expect(viewOf(page)).toContainText("Model 2 of 2 is answering.");

  await expect(window.getByText("2 models are being compared.")).toBeVisible();
  await window.getByRole("button", { name: "Show side by side" }).click();
  await expect(viewOf(window).locator("[aria-busy=true]").locator("[data-answer]")).toContainText("23");
  await viewOf(window).getByRole("button", { name: "Stop comparing" }).click();
  for (const each of [page, window]) {
    await expect(viewOf(each)).toContainText("The comparison was stopped; what was written is kept.");
    await expect(columnOf(each, "R1 Nano")).toContainText("shown in the chat");
  }

  const other = viewOf(window).getByRole("article").filter({ hasText: "23" });
  await expect(other).not.toContainText("shown in the chat");
  await viewOf(page)
    .getByRole("article")
    .filter({ hasText: "23" })
    .getByRole("button", { name: "Keep this answer" })
    .click();
  await expect(replies(page).last().locator("[data-answer]")).toContainText("23");
  await expect(other).toContainText("shown in the chat");
});
