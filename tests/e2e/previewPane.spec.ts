import { expect, type Locator, type Page, test } from "@playwright/test";
import { inMain } from "../support/inMain.mjs";
import { loopReply, sievePage, sieveReply, todoReply } from "../support/preview/pageReplies.ts";
import { axeFaults } from "./support/axeFaults.ts";
import { replies } from "./support/chatSteps.ts";
import { launchApp, type RunningApp } from "./support/launchApp.ts";
import { previewOf } from "./support/previewOf.ts";
import { receive } from "./support/writeReplies.ts";

let app: RunningApp;
let page: Page;
let preview: Awaited<ReturnType<typeof previewOf>>;
test.beforeEach(async () => {
  app = await launchApp({ writes: true });
  page = app.page;
  preview = await previewOf(app);
});
test.afterEach(() => app.close());

const card = (): Locator => replies(page).last().locator(".page-card-main");
const pane = (): Locator => page.getByRole("region", { name: "Preview", exact: true });
const heading = (): Promise<unknown> => preview.inPage("document.querySelector('h1')?.textContent");
const expectHeading = (words: string): Promise<void> => expect.poll(heading, { timeout: 60_000 }).toBe(words);

/** Notes whether main shows the view of the page. Returns how to ask, from a call on. */
async function watchVisible(): Promise<() => Promise<boolean>> {
  await inMain(app.electron, ({ WebContentsView }) => {
    const noted = globalThis as { isPageVisible?: boolean };
    const view = WebContentsView.prototype as unknown as { setVisible: (this: unknown, isVisible: boolean) => void };
    const set = view.setVisible;
    view.setVisible = function note(isVisible) {
      noted.isPageVisible = isVisible;
      set.call(this, isVisible);
    };
  });
  return () => inMain(app.electron, () => (globalThis as { isPageVisible?: boolean }).isPageVisible === true);
}

// Several processes start for each page, which takes a while on a busy machine.
test.describe.configure({ timeout: 300_000 });

test("a page of a reply is shown beside the chat, and its versions are chosen, compared and edited", async () => {
  await receive(app, { answer: "No page here: `<p>` is an element.\n\n```html\n<p>short</p>\n```" });
  await expect(page.locator(".page-card")).toHaveCount(0);
  await receive(app, { answer: sieveReply("Sieve") });
  await expect(card()).toContainText("index.html");
  await expect(card()).toContainText("version 1");
  await card().click();
  await expectHeading("Sieve");
  await expect(card()).toContainText("shown beside the chat");

  await test.step("the next version follows", async () => {
    await receive(app, { answer: sieveReply("Sieve of Eratosthenes") });
    await expectHeading("Sieve of Eratosthenes");
    await expect(card()).toContainText("version 2");
  });
  await test.step("an earlier one is chosen", async () => {
    await pane().getByRole("button", { name: /^v2/ }).click();
    await page.getByRole("menuitemradio", { name: "Version 1" }).click();
    await expectHeading("Sieve");
    await pane().getByRole("button", { name: /^v1/ }).click();
    await page.getByRole("menuitemradio", { name: "Version 2" }).click();
    await expectHeading("Sieve of Eratosthenes");
  });
  await test.step("two are compared", async () => {
    await pane().getByRole("tab", { name: "Code" }).click();
    await pane().getByRole("combobox", { name: "Compare with another version" }).selectOption("Compare with version 1");
    await expect(pane().locator(".diff-line.is-removed")).toHaveCount(2);
    await expect(pane().locator(".diff-line.is-added").first()).toContainText("Sieve of Eratosthenes");
    await pane().getByRole("combobox", { name: "Compare with another version" }).selectOption("Do not compare");
  });
  await test.step("a change is kept as another version of the reply, and runs", async () => {
    const code = pane().getByRole("textbox", { name: /^Code of/ });
    await expect(code).toHaveValue(sievePage("Sieve of Eratosthenes"));
    await code.fill(sievePage("My sieve"));
    await code.press("ControlOrMeta+Enter");
    await expectHeading("My sieve");
    await expect(replies(page).last()).toContainText("My sieve");
    await expect(replies(page).last()).toContainText("2/2");
    await expect(card()).toContainText("version 3");
    await pane().getByRole("button", { name: /^v3/ }).click();
    await expect(page.getByRole("menuitemradio")).toHaveCount(3);
    await page.keyboard.press("Escape");
  });
});

test("the console says what was refused and what failed, and an error is quoted in the message", async () => {
  await receive(app, { answer: todoReply });
  await card().click();
  await expectHeading("To do");
  await expect.poll(() => preview.inPage("document.querySelectorAll('li').length")).toBe(2);
  await expect.poll(() => preview.inPage("getComputedStyle(document.body).backgroundColor")).toBe("rgb(250, 240, 220)");
  await pane()
    .getByRole("tab", { name: /^Console/ })
    .click();
  const entries = pane().locator(".console-entry");
  await expect(entries.filter({ hasText: "two of them" })).toBeVisible();
  await expect(entries.filter({ hasText: "No network: https://example.com/save" }).first()).toBeVisible();
  const error = entries.filter({ hasText: "undefinedFunction is not defined" }).first();
  await expect(error).toContainText("script.js:8");
  await error.getByRole("button", { name: "Fix this error" }).click();
  const message = page.getByRole("textbox", { name: "Message" });
  await expect(message).toHaveValue(
    /^The page reports this error:\n\n> .*undefinedFunction is not defined\n> \(script.js:8\)/,
  );
  await expect(message).toBeFocused();
  await expect(card()).toContainText("shown beside the chat");
  await pane().getByRole("combobox", { name: "Show" }).selectOption("Warnings");
  await expect(entries.filter({ hasText: "two of them" })).toBeVisible();
  await expect(error).toHaveCount(0);
  await pane().getByRole("button", { name: "Clear the console" }).click();
  await expect(entries).toHaveCount(0);
});

test("a page appears while it is written, without its scripts, and runs when it is complete", async () => {
  const whole = sieveReply("Sieve");
  // With its script, which draws a hundred cells, and without its end.
  const half = whole.slice(0, whole.indexOf("</body>"));
  const cells = (): Promise<unknown> => preview.inPage("document.querySelectorAll('.grid b').length");
  await receive(app, { answer: half, hold: true });
  await card().click();
  await expectHeading("Sieve");
  await expect(pane()).toContainText("Being written");
  await expect.poll(() => preview.inPage("document.readyState")).toBe("complete");
  expect(await preview.inPage("document.body.textContent")).toContain("25 primes below 100");
  expect(await cells()).toBe(0);
  await page.locator(".composer").getByRole("button", { name: "Stop" }).click();
  // The reply has ended: what there is of the page is all of it.
  await expect.poll(cells).toBe(100);
  await expect(pane()).not.toContainText("Being written");
});

test("a loop ends the page and not the chat, and Stop and Reload do what they say", async () => {
  await receive(app, { answer: sieveReply("Sieve") });
  await card().click();
  await expectHeading("Sieve");
  await pane().getByRole("button", { name: "Stop" }).click();
  await expect(pane()).toContainText("You stopped the page.");
  await pane().getByRole("button", { name: "Run again" }).click();
  await expectHeading("Sieve");
  await receive(app, { answer: loopReply });
  await expect(pane()).toContainText("The page stopped responding", { timeout: 120_000 });
  await page.getByRole("textbox", { name: "Message" }).fill("still typing");
  await expect(page.getByRole("textbox", { name: "Message" })).toHaveValue("still typing");
});

test("the page gives way to menus and dialogs, goes with its chat, and everything is reached by keyboard", async () => {
  const isPlaced = await watchVisible();
  await receive(app, { answer: sieveReply("Sieve") });
  await card().click();
  await expectHeading("Sieve");
  await expect.poll(isPlaced).toBe(true);
  await page.keyboard.press("ControlOrMeta+Shift+P");
  await expect(page.getByRole("dialog")).toBeVisible();
  await expect.poll(isPlaced).toBe(false);
  await expect(page.locator(".preview-picture")).toBeVisible();
  await page.keyboard.press("Escape");
  await expect.poll(isPlaced).toBe(true);
  await pane().getByRole("tab", { name: "Code" }).click();
  await expect.poll(isPlaced).toBe(false);
  // Chromium lets the keyboard scroll code by itself.
  expect((await axeFaults(page)).filter((fault) => !fault.includes("<pre"))).toEqual([]);
  await pane().getByRole("tab", { name: "Preview" }).click();
  await expect.poll(isPlaced).toBe(true);
  await page.keyboard.press("ControlOrMeta+N");
  await expect(pane()).toHaveCount(0);
  await expect.poll(() => preview.views()).toBe(0);
  await page.getByRole("navigation", { name: "Chats" }).getByRole("link", { name: "Write it." }).click();
  await expect(pane()).toBeVisible();
  await expectHeading("Sieve");
  await page.keyboard.press("ControlOrMeta+Shift+E");
  await expect(pane()).toHaveCount(0);
  await expect.poll(() => preview.views()).toBe(0);
});
