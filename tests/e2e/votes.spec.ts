import { expect, type Page, test } from "@playwright/test";
import type { Bridge } from "../../electron/contract/bridge.ts";
import { axeFaults } from "./support/axeFaults.ts";
import { replies } from "./support/chatSteps.ts";
import { launchApp } from "./support/launchApp.ts";
import { newWindow } from "./support/newWindow.ts";
import { freePort } from "./support/nextPage.ts";
import { receive, writeNext } from "./support/writeReplies.ts";

const says = (result: string) => ({
  thought: String.raw`Is it \boxed{7}?`,
  answer: String.raw`So it is \(\boxed{${result}}\).`,
});

test("several answers agree, the minority is opened on demand, and one keeps as the reply", async () => {
  const app = await launchApp({ writes: true });
  const { page, home } = app;
  await receive(app, says("24"));
  await expect(page.getByRole("region", { name: "Answers to this question" })).toHaveCount(0);
  await writeNext(home, [says("23"), says("24.0"), says(String.raw`\frac{48}{2}`)]);

  // By the keyboard alone.
  await replies(page).last().getByRole("button", { name: "More" }).press("Enter");
  await page.getByRole("menuitem", { name: "Ask several times…" }).press("Enter");
  const dialog = page.getByRole("dialog", { name: "Ask several times" });
  await expect(dialog.getByRole("combobox", { name: "More answers" })).toHaveValue("4");
  expect(await axeFaults(page)).toEqual([]);
  await dialog.getByRole("button", { name: "Ask" }).press("Enter");
  await expect(dialog).toHaveCount(0);

  const votes = page.getByRole("region", { name: "Answers to this question" });
  await expect(votes).toContainText("3 of 4 say 24. The rest could not have changed that, so it ended early.");
  await expect(replies(page)).toHaveCount(1);
  await expect(replies(page).last()).toContainText("24");
  await expect(votes).not.toContainText("23");
  await votes.getByRole("button", { name: "1 other", exact: true }).press("Enter");
  const minority = votes.getByRole("listitem").filter({ hasText: "1 answer: 23" });
  expect(await axeFaults(page)).toEqual([]);
  await minority.getByRole("button", { name: "Show", exact: true }).press("Enter");
  await expect(replies(page).last().locator("[data-answer]")).toContainText("23");
  await expect(votes).toContainText("3 of 4 say 24.");

  // It is counted from what is stored.
  await page.reload();
  await expect(votes).toContainText("3 of 4 say 24.");
  await expect(replies(page).last().locator("[data-answer]")).toContainText("23");
});

test("asking is stopped, from the keyboard too, and what was written is kept", async () => {
  const app = await launchApp({ writes: true });
  const { page, home } = app;
  await receive(app, says("24"));
  await writeNext(home, { ...says("23"), hold: true });
  await page.keyboard.press("ControlOrMeta+Shift+P");
  const palette = page.getByRole("dialog", { name: "Command palette" });
  await palette.getByRole("combobox").fill("several times");
  await palette
    .getByRole("option", { name: /Ask the last question several times/ })
    .first()
    .click();
  await page.getByRole("dialog", { name: "Ask several times" }).getByRole("button", { name: "Ask" }).click();
  const votes = page.getByRole("region", { name: "Answers to this question" });
  await expect(votes.getByRole("progressbar", { name: "Answers" })).toBeVisible();
  await expect(votes).toContainText("Answer 1 of 4");
  await expect(votes).toContainText("1 of 1 says 24.");
  await votes.getByRole("button", { name: "Stop asking" }).click();
  await expect(votes.getByRole("progressbar")).toHaveCount(0);
  await expect(replies(page).last().getByRole("button", { name: "Regenerate" })).toBeVisible();
  await expect(
    replies(page)
      .last()
      .getByRole("button", { name: /^Version 1\/2/ }),
  ).toBeVisible();
});

/** Has the typed message answered three times. */
async function askNew(page: Page, open: () => Promise<void>): Promise<void> {
  await page.getByRole("textbox", { name: "Message" }).fill("What is 4 times 6?");
  await open();
  const dialog = page.getByRole("dialog", { name: "Ask several times" });
  await dialog.getByRole("combobox", { name: "Answers" }).selectOption("3");
  await dialog.getByRole("button", { name: "Ask" }).click();
  await expect(dialog).toHaveCount(0);
}

test("a new question is asked several times: in a new chat, in a temporary one and in a window of its own", async () => {
  const app = await launchApp({ writes: true, debuggingPort: await freePort() });
  const { page, home } = app;
  const button = (window: Page) => window.getByRole("button", { name: "Ask several times…" });
  const votes = (window: Page) => window.getByRole("region", { name: "Answers to this question" });
  await writeNext(home, [says("23"), says("24"), says("24.0")]);
  await expect(button(page)).toBeDisabled();
  await askNew(page, () => button(page).press("Enter"));
  await expect(votes(page)).toContainText("2 of 3 say 24.");
  await expect(replies(page)).toHaveCount(1);
  await expect(replies(page).last().locator("[data-answer]")).toContainText("24");
  await expect(page.getByRole("textbox", { name: "Message" })).toHaveValue("");
  await expect(page.getByRole("textbox", { name: "Message" })).toBeFocused();

  // From the command palette, in the chat's own window. Each window shows it.
  const window = await newWindow(app.electron, () => page.keyboard.press("Control+Shift+N"));
  await expect(votes(window)).toContainText("2 of 3 say 24.");
  await askNew(window, async () => {
    await window.keyboard.press("ControlOrMeta+Shift+P");
    const palette = window.getByRole("dialog", { name: "Command palette" });
    await palette.getByRole("combobox").fill("new question several");
    await palette
      .getByRole("option", { name: /Ask a new question several times/ })
      .first()
      .click();
  });
  for (const each of [window, page]) {
    await expect(replies(each)).toHaveCount(2);
    await expect(votes(each).last()).toContainText("2 of 3 say 24.");
  }
  await window.close();

  await page.getByRole("button", { name: "New chat" }).first().click();
  await page.getByRole("button", { name: "Temporary chat" }).click();
  await expect(page.getByRole("heading", { name: "A temporary chat" })).toBeVisible();
  await askNew(page, () => button(page).click());
  await expect(votes(page)).toContainText("2 of 3 say 24.");
});

test("a new question that cannot be asked several times stays in the composer, and the reason is shown", async () => {
  const app = await launchApp({ writes: true });
  const { page, home } = app;
  await receive(app, says("24"));
  // Another window is quicker.
  await writeNext(home, { ...says("25"), hold: true });
  await page.getByRole("textbox", { name: "Message" }).fill("What is 4 times 6?");
  await page.getByRole("button", { name: "Ask several times…" }).click();
  const dialog = page.getByRole("dialog", { name: "Ask several times" });
  await expect(dialog).toContainText(/The last reply here took about \d+ s, so all of them will take about \d+ s/);
  await page.evaluate(async () => {
    const { r1 } = window as unknown as { r1: Bridge };
    const listed = await r1.call("chats.list", {});
    const chatId = listed.ok ? (listed.value.chats[0]?.id ?? "") : "";
    await r1.call("chats.send", { chatId, text: "And then?", from: { draft: "" } });
  });
  await dialog.getByRole("button", { name: "Ask" }).click();
  await expect(page.getByRole("alert")).toContainText("What you typed is still here.");
  await expect(page.getByRole("textbox", { name: "Message" })).toHaveValue("What is 4 times 6?");
  await expect(page.getByRole("article", { name: "You" })).toHaveCount(2);
});
