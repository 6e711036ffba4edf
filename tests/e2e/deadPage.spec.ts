import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, type Locator, type Page, test } from "@playwright/test";
import { replies } from "./support/chatSteps.ts";
import { launchApp, type RunningApp } from "./support/launchApp.ts";
import { freePort, killPage, nextPage } from "./support/nextPage.ts";
import { receive, type WrittenReply } from "./support/writeReplies.ts";
import { inMain } from "../support/inMain.mjs";

const reply: WrittenReply = { thought: "All of it.", answer: "one **two** three\n\n```js\nfour()\n```" };
const tidy = "one **two** three";

let app: RunningApp;
let debuggingPort: number;
test.beforeEach(async () => {
  debuggingPort = await freePort();
  app = await launchApp({ writes: true, debuggingPort });
});
test.afterEach(async () => {
  await app.close();
});

const alert = (page: Page): Locator => page.getByRole("alert");

/** Crashes the page, as if in the middle of rendering. Resolves with the page that replaces it. */
async function die(): Promise<Page> {
  await killPage(app);
  return nextPage(debuggingPort);
}

test("a page that crashed once shows the same chat again; after a second crash it opens without it, and says why", async () => {
  await receive(app, reply);
  let page = await die();
  await expect(replies(page).last()).toContainText("one two three");
  await expect(alert(page)).toContainText("The window stopped working and was loaded again.");
  await alert(page).getByRole("button", { name: "Dismiss" }).click();
  await expect(alert(page)).toHaveCount(0);

  page = await die();
  await expect(page.getByRole("heading", { name: "New chat" })).toBeVisible();
  await expect(page.getByRole("article")).toHaveCount(0);
  await expect(alert(page)).toContainText("stopped working twice while the chat “Write it.” was open");

  // The whole chat can be read and copied without formatting.
  await page.getByRole("button", { name: "Read as plain text" }).click();
  await expect(alert(page)).toHaveCount(0);
  const chat = page.getByRole("main");
  await expect(chat.getByRole("article", { name: "You" })).toContainText("Write it.");
  await expect(chat.getByRole("article", { name: "R1 Nano" }).getByTestId("answer")).toHaveText(reply.answer);
  await expect(chat.getByRole("article", { name: "R1 Nano" }).getByTestId("thought")).toHaveText("All of it.");
  await expect(chat.locator("strong, pre, .katex")).toHaveCount(0);
  await page.getByRole("button", { name: "Copy chat" }).click();
  await expect(page.getByRole("button", { name: "Copied" })).toBeVisible();
  expect(await inMain(app.electron, ({ clipboard }) => clipboard.readText())).toBe(
    `You:\n\nWrite it.\n\n\nR1 Nano:\n\nAll of it.\n\n${reply.answer}`,
  );

  // It is shown as usual on request, until the next crash.
  await page.getByRole("button", { name: "Return to the usual view" }).click();
  await expect(replies(page).last().getByTestId("answer")).toContainText("one two three");
  page = await die();
  await expect(page.getByRole("heading", { name: "New chat" })).toBeVisible();
  await page.getByRole("navigation", { name: "Chats" }).getByText("Write it.").click();
  await expect(page.getByRole("button", { name: "Return to the usual view" })).toBeVisible();
  expect(await readFile(join(app.home, "logs", "faults.log"), "utf8")).toContain("The page ended: killed");
});

test("crashes are remembered across restarts: a crash before one counts, and a plain chat stays plain", async () => {
  await receive(app, reply);
  await die();
  await app.quit();
  app = await launchApp({ home: app.home, writes: true, debuggingPort });
  await app.page.getByRole("navigation", { name: "Chats" }).getByText("Write it.").click();
  await expect(replies(app.page).last()).toContainText("one two three");
  const page = await die();
  await expect(page.getByRole("heading", { name: "New chat" })).toBeVisible();
  await app.quit();

  app = await launchApp({ home: app.home, writes: true, debuggingPort });
  await app.page.getByRole("navigation", { name: "Chats" }).getByText("Write it.").click();
  await expect(app.page.getByRole("article", { name: "R1 Nano" })).toContainText(tidy);
  await app.page.getByRole("button", { name: "Return to the usual view" }).click();
  await expect(replies(app.page).last().getByTestId("answer")).toContainText("one two three");
  // A chat that was left without a crash is trusted again.
  await app.page.getByRole("button", { name: "New chat" }).click();
  await expect(app.page.getByRole("heading", { name: "New chat" })).toBeVisible();
  expect(JSON.parse(await readFile(join(app.home, "plain-chats.json"), "utf8"))).toEqual({ deaths: {} });
});

test("a page that crashes during a reply loses no text, and the plain chat shows the reply to its end", async () => {
  await receive(app, { ...reply, hold: true });
  await expect(replies(app.page).last().getByTestId("answer")).toContainText("four()");
  await die();
  const page = await die();
  await page.getByRole("button", { name: "Read as plain text" }).click();
  await expect(page.getByRole("article", { name: "R1 Nano" })).toContainText(tidy);
  await page.getByRole("button", { name: "Stop" }).click();
  await expect(page.getByRole("button", { name: "Send" })).toBeVisible();
  await expect(page.getByRole("article", { name: "R1 Nano" })).toContainText(tidy);
});

test("a page that hangs is terminated and reloaded", async () => {
  await receive(app, reply);
  await inMain(app.electron, async ({ BrowserWindow }) => {
    const contents = BrowserWindow.getAllWindows()[0]?.webContents;
    if (contents === undefined) throw new Error("There is no window.");
    void contents.executeJavaScript("for (;;);").catch(() => undefined);
    const gone = new Promise<void>((resolve) => contents.once("render-process-gone", () => resolve()));
    // Chromium emits this after half a minute without a response.
    contents.emit("unresponsive");
    await gone;
  });
  const page = await nextPage(debuggingPort);
  await expect(replies(page).last()).toContainText("one two three");
});

test("a page that crashes without any chat open is not reloaded forever: after the third time, the user decides", async () => {
  await inMain(app.electron, ({ dialog }) => {
    const global = globalThis as unknown as { asked: string[]; answer: () => void };
    global.asked = [];
    dialog.showMessageBox = ((_window: unknown, { message }: { message: string }) => {
      global.asked.push(message);
      return new Promise((resolve) => (global.answer = () => resolve({ response: 0, checkboxChecked: false })));
    }) as never;
  });
  const asked = (): Promise<string[]> =>
    inMain(app.electron, () => (globalThis as unknown as { asked: string[] }).asked);
  await die();
  await die();
  expect(await asked()).toEqual([]);
  await killPage(app);
  await expect.poll(asked).toEqual(["The window stopped working three times."]);
  await inMain(app.electron, () => (globalThis as unknown as { answer(): void }).answer());
  const page = await nextPage(debuggingPort);
  await expect(page.getByRole("textbox", { name: "Message" })).toBeVisible();
});
