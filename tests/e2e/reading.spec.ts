import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, type Locator, type Page, test } from "@playwright/test";
import { replies } from "./support/chatSteps.ts";
import { launchApp, type RunningApp } from "./support/launchApp.ts";
import { receive, writeNext } from "./support/writeReplies.ts";
import { inMain } from "../support/inMain.mjs";

const lines = (count: number, word: string): string =>
  Array.from({ length: count }, (_, index) => `${word} ${index + 1} of ${count}, with some words after it.`).join(
    "\n\n",
  );

let app: RunningApp;
test.beforeEach(async () => {
  app = await launchApp({ writes: true });
});
test.afterEach(async () => {
  await app.close();
});

const restart = async (): Promise<void> => {
  await app.quit();
  app = await launchApp({ home: app.home, writes: true });
};
const scroller = (page: Page): Locator => page.locator(".conversation-scroll");
const top = async (locator: Locator): Promise<number> => (await locator.boundingBox())?.y ?? Number.NaN;
const thoughtOf = (reply: Locator): Locator => reply.getByRole("button", { name: /^Th(inking|ought)/ });

/** Waits for two frames, after which the window's own work is done. */
const painted = (page: Page): Promise<unknown> =>
  page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));

/** Scrolls with the wheel, as a user does, until the words are at the top of the visible part. */
async function readAt(page: Page, words: string): Promise<void> {
  await scroller(page).hover();
  const target = page.getByText(words, { exact: true });
  for (let turn = 0; turn < 200; turn++) {
    const distance = (await top(target)) - (await top(scroller(page)));
    if (Number.isFinite(distance) && Math.abs(distance) < 60) return;
    await page.mouse.wheel(0, Number.isFinite(distance) ? distance - 5 : -400);
    await painted(page);
  }
  throw new Error(`"${words}" was never reached.`);
}

/** Returns the position of the words, in pixels below the top of the conversation. */
async function distanceTo(page: Page, words: string): Promise<number> {
  const target = page.getByText(words, { exact: true });
  await expect(target).toBeVisible();
  return (await top(target)) - (await top(scroller(page)));
}

/** Resolves with the places that main has saved. The window saves one when the user stops scrolling. */
const keptPlace = (page: Page): Promise<string> =>
  page.evaluate(async () => {
    type Call = (name: string, input: object) => Promise<{ value: { chat: { place: unknown } } }>;
    const chatId = location.hash.split("/")[2];
    const { call } = (window as unknown as { r1: { call: Call } }).r1;
    return JSON.stringify((await call("chats.open", { chatId })).value.chat.place);
  });

test("a long thought opens under the pointer, finished or not, and stays open when the reply ends", async () => {
  const { page } = app;
  const thought = lines(200, "Step");
  await receive(app, { thought, answer: lines(30, "Answer") });
  await receive(app, { thought, answer: "Short." });
  const last = replies(page).last();
  const before = await top(thoughtOf(last));
  await thoughtOf(last).click();
  await expect(last.getByText("Step 1 of 200")).toBeVisible();
  await painted(page);
  expect(Math.abs((await top(thoughtOf(last))) - before)).toBeLessThan(2);

  // Sending scrolls to the end, where the next thought is being written.
  await receive(app, { thought, answer: "", hold: true });
  const running = replies(page).last();
  await expect(running.getByText("Step 200 of 200")).toBeVisible();
  const live = await top(thoughtOf(running));
  await thoughtOf(running).click();
  await expect(running.getByText("Step 1 of 200")).toBeVisible();
  await painted(page);
  expect(Math.abs((await top(thoughtOf(running))) - live)).toBeLessThan(2);
  await page.getByRole("button", { name: "Stop" }).click();
  await expect(running).toContainText("Stopped.");
  await expect(thoughtOf(running)).toHaveAttribute("aria-expanded", "true");
  expect(Math.abs((await top(thoughtOf(running))) - live)).toBeLessThan(2);
});

test("folding a long thought leaves its line under the pointer, even if the page becomes too short for that", async () => {
  const { page } = app;
  await page.getByRole("button", { name: "New chat" }).click();
  await receive(app, { answer: lines(40, "Earlier") });
  await receive(app, { thought: lines(200, "Thought"), answer: "Short." });
  const line = thoughtOf(replies(page).last());
  await line.click();
  await expect(line).toHaveAttribute("aria-expanded", "true");
  // To the top edge, as far as the thought allows.
  await scroller(page).hover();
  await page.mouse.wheel(0, (await top(line)) - (await top(scroller(page))) - 40);
  await expect.poll(async () => (await top(line)) - (await top(scroller(page)))).toBeLessThan(60);
  await painted(page);
  const before = await top(line);
  await line.click();
  await expect(line).toHaveAttribute("aria-expanded", "false");
  await painted(page);
  expect(Math.abs((await top(line)) - before)).toBeLessThanOrEqual(1);
  await line.click();
  await painted(page);
  expect(Math.abs((await top(line)) - before)).toBeLessThanOrEqual(1);
  await line.click();
  await painted(page);
  expect(Math.abs((await top(line)) - before)).toBeLessThanOrEqual(1);

  // Scrolling up restores the length, and new text is written in its usual place.
  await page.mouse.wheel(0, -4000);
  await painted(page);
  await receive(app, { answer: "The next." });
  await expect(page.getByText("The next.")).toBeInViewport();
});

test("a chat reopens at the same place after another screen, another chat and a restart", async () => {
  // Three starts.
  test.slow();
  for (const name of ["First", "Second", "Third"]) {
    await receive(app, { thought: lines(10, `${name} step`), answer: lines(60, name) });
  }
  const words = "Second 30 of 60, with some words after it.";
  await readAt(app.page, words);
  const distance = await distanceTo(app.page, words);
  const isThere = async (tolerance = 2): Promise<void> => {
    await expect
      .poll(async () => Math.abs((await distanceTo(app.page, words)) - distance), { timeout: 10_000 })
      .toBeLessThan(tolerance);
  };
  await expect.poll(() => keptPlace(app.page)).not.toBe("null");

  for (const screen of ["Models", "Hardware", "Settings"]) {
    await app.page.getByRole("link", { name: screen, exact: true }).click();
    await expect(app.page.getByRole("main", { name: screen })).toBeVisible();
    await app.page.getByRole("link", { name: "Chat", exact: true }).click();
    await isThere();
  }
  await app.page.getByRole("button", { name: "New chat" }).click();
  await expect(app.page.getByRole("article")).toHaveCount(0);
  await app.page.goBack();
  await isThere();

  await restart();
  await isThere();

  // In a narrower window the lines break differently; the words are still visible.
  await inMain(app.electron, ({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.setSize(640, 600));
  await restart();
  await isThere(300);
});

test("a user who was at the end is at the end again, including what was written meanwhile", async () => {
  await receive(app, { answer: lines(40, "First") });
  await receive(app, { answer: lines(40, "Second"), hold: true });
  await app.page.getByRole("link", { name: "Models", exact: true }).click();
  await expect(app.page.getByRole("main", { name: "Models" })).toBeVisible();
  await app.page.getByRole("link", { name: "Chat", exact: true }).click();
  const stop = app.page.getByRole("button", { name: "Stop" });
  await expect(stop).toBeVisible();
  // From here the link leads nowhere else, and the reply continues.
  await app.page.getByRole("link", { name: "Chat", exact: true }).click();
  await expect(stop).toBeVisible();
  await expect(app.page.getByText("Second 40 of 40")).toBeInViewport();
  await stop.click();
  await restart();
  await expect(app.page.getByText("Second 40 of 40")).toBeInViewport();
  await expect(app.page.getByRole("button", { name: "Go to end" })).toHaveCount(0);
});

test("a restart on another screen reopens the chat too; a deleted chat becomes a new one", async () => {
  // Three starts.
  test.slow();
  await receive(app, { answer: "Something." });
  await app.page.getByRole("link", { name: "Settings", exact: true }).click();
  await expect(app.page.getByRole("main", { name: "Settings" })).toBeVisible();
  await restart();
  await expect(replies(app.page)).toHaveCount(1);

  await app.quit();
  const stateFile = join(app.home, "window.json");
  const state = JSON.parse(await readFile(stateFile, "utf8")) as object;
  await writeFile(stateFile, JSON.stringify({ ...state, openChat: "00000000-gone" }));
  app = await launchApp({ home: app.home, writes: true });
  await expect(app.page.getByRole("heading", { name: "New chat" })).toBeVisible();
  await expect(app.page.getByRole("alert")).toHaveCount(0);
  await writeNext(app.home, { answer: "Again." });
  await app.page.getByRole("textbox", { name: "Message" }).fill("Hello");
  await app.page.getByRole("textbox", { name: "Message" }).press("Enter");
  await expect(replies(app.page)).toHaveCount(1);
});

test("the app reopens the chat that was open when it was killed", async () => {
  await receive(app, { answer: "Something." });
  await app.kill();
  app = await launchApp({ home: app.home, writes: true });
  await expect(replies(app.page).getByTestId("answer")).toContainText("Something.");
});
