import { cp, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, type Locator, type Page, test } from "@playwright/test";
import type { Bridge } from "../../electron/contract/bridge.ts";
import { ChatStore } from "../../electron/workbench/chats/ChatStore.ts";
import { launchApp, type RunningApp } from "./support/launchApp.ts";
import { watchTextJumps } from "./support/textJumps.ts";
import { receive, writeNext } from "./support/writeReplies.ts";

const model = { id: "r1-nano", name: "R1 Nano" };
const turns = 60;

let app: RunningApp;
let longChat: string;
let longThought: string;
/** Created once: each test starts on a copy. */
let made: string;

test.beforeAll(async () => {
  made = await mkdtemp(join(tmpdir(), "r1-workbench-e2e-"));
  const store = new ChatStore(made);
  const say = (chatId: string, text: string, answer: string, thought: string | null = null): void => {
    const { reply } = store.beginTurn({ chatId, text, model });
    const end = { thought, state: "done", stats: null, problem: null } as const;
    store.finishReply({ messageId: reply.id, text: answer, ...end });
  };
  const newChat = (): string => store.createChat({ thinking: "on", modelId: null }).id;
  longChat = newChat();
  for (let turn = 1; turn <= turns; turn++) {
    const words = turn === 7 ? "The **Straße** is in the *seventh* answer." : `Answer ${turn}. `.repeat(30);
    const thought = turn === 20 ? "The quokka is hidden here." : null;
    say(longChat, turn === 1 ? "The long chat" : `Question ${turn}`, words, thought);
  }
  longThought = newChat();
  const line = "Words of a thought, one after the other, until there are enough of them. ";
  const thought = Array.from({ length: 300 }, (_, index) => line.repeat(1 + (index % 9))).join("\n");
  for (let turn = 1; turn <= 3; turn++) say(longThought, `Before ${turn}`, "Short. ".repeat(200));
  say(longThought, "A question to think about", "An answer.", thought);
  for (let count = 1; count <= 240; count++) say(newChat(), `Chat number ${count}`, "Short.");
  store.close();
});
test.afterAll(async () => {
  await rm(made, { recursive: true, force: true });
});
test.beforeEach(async () => {
  const home = await mkdtemp(join(tmpdir(), "r1-workbench-e2e-"));
  await cp(made, home, { recursive: true });
  app = await launchApp({ home, writes: true });
});
test.afterEach(async () => {
  await app.close();
});

const list = (page: Page): Locator => page.getByRole("navigation", { name: "Chats" });
const field = (page: Page): Locator => page.getByRole("searchbox", { name: "Search chats" });
const results = (page: Page): Locator => page.getByRole("listbox", { name: "Search results" });
const scroller = (page: Page): Locator => page.locator(".conversation-scroll");
/** Waits for two frames, after which the window's own work is done. */
const painted = (page: Page): Promise<unknown> =>
  page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));

/**
 * Turns the wheel over `area`, and waits for two frames after it has scrolled, which may be later than the wheel's own
 * event; or after that one, if there is nothing left to scroll. The mouse's own promise resolves before.
 */
async function turnWheel(page: Page, area: Locator, pixels: number): Promise<void> {
  const turned = await area.evaluateHandle((element, isDown) => {
    const { scrollTop, clientHeight, scrollHeight } = element;
    const canScroll = isDown ? scrollTop + clientHeight < scrollHeight - 1 : scrollTop > 1;
    const painted = new Promise<void>((resolve) => {
      const frames = (left: number): unknown =>
        left === 0 ? resolve() : requestAnimationFrame(() => frames(left - 1));
      const once = { once: true, passive: true };
      if (canScroll) element.addEventListener("scroll", () => frames(2), once);
      element.addEventListener("wheel", () => frames(canScroll ? 30 : 2), once);
    });
    return { painted };
  }, pixels > 0);
  await page.mouse.wheel(0, pixels);
  await turned.evaluate(({ painted }) => painted);
}

/** Scrolls `area` with the wheel, as a user does, until `target` is in the middle of the visible part. */
async function scrollTo(page: Page, area: Locator, target: Locator, pixels: number): Promise<void> {
  await area.hover();
  for (let turn = 0; turn < 500; turn++) {
    const seen = await area.boundingBox();
    const box = (await target.count()) > 0 ? await target.boundingBox() : null;
    if (seen && box && box.y >= seen.y && box.y + box.height <= seen.y + seen.height) return;
    // What was read meanwhile may have moved it past the view.
    const isAbove = seen && box ? box.y < seen.y : pixels < 0;
    await turnWheel(page, area, isAbove ? -Math.abs(pixels) : Math.abs(pixels));
  }
  throw new Error("It was never reached.");
}

const question = (page: Page, turn: number): Locator =>
  page.getByRole("main").getByText(`Question ${turn}`, { exact: true });
const marked = (page: Page): Promise<string[]> =>
  page.evaluate(() => Array.from(CSS.highlights.get("found-words") ?? [], (range) => (range as Range).toString()));
/** The place that is marked more strongly than the others. */
const current = (page: Page): Promise<string[]> =>
  page.evaluate(() =>
    Array.from(CSS.highlights.get("current-found-words") ?? [], (range) => (range as Range).toString()),
  );

test("the sidebar reads the chats page by page as it is scrolled, and the oldest one opens", async () => {
  const { page } = app;
  await expect(list(page).getByText("Chat number 240")).toBeVisible();
  const oldest = list(page).getByText("The long chat");
  await scrollTo(page, list(page), oldest, 1000);
  await oldest.click();
  await expect(question(page, turns)).toBeVisible();
});

test("a conversation opens at its end and grows upwards while the visible text stays in place", async () => {
  const { page } = app;
  await page.evaluate((id) => (location.hash = `#/chat/${id}`), longChat);
  await expect(question(page, turns)).toBeVisible();
  expect(await page.getByRole("article").count()).toBeLessThan(2 * turns);
  const jumps = await watchTextJumps(page, 300);
  // Messages are read and typeset above meanwhile.
  await scrollTo(page, scroller(page), question(page, 5), -300);
  await painted(page);
  expect(await jumps()).toEqual([]);
  await expect(page.getByRole("article")).toHaveCount(2 * turns);
  // With the buttons of those that were read while one scrolled.
  await expect(page.getByRole("button", { name: "Regenerate", includeHidden: true })).toHaveCount(turns);
  await expect(page.getByRole("button", { name: "Edit", includeHidden: true })).toHaveCount(turns);
  // A new message scrolls to the end.
  await receive(app, { answer: "The newest answer." });
  await expect(page.getByText("The newest answer.")).toBeInViewport();
});

test("a long thought stays in place while one scrolls up through it, although it was never visible", async () => {
  const { page } = app;
  await page.evaluate((id) => (location.hash = `#/chat/${id}`), longThought);
  const thought = page.getByRole("button", { name: "Thought", exact: true });
  await thought.click();
  await expect(thought).toHaveAttribute("aria-expanded", "true");
  await page.getByText("An answer.", { exact: true }).evaluate((answer) => answer.scrollIntoView({ block: "end" }));
  await painted(page);
  const jumps = await watchTextJumps(page, 300);
  await scrollTo(page, scroller(page), page.getByRole("article").getByText("A question to think about"), -300);
  await painted(page);
  expect(await jumps()).toEqual([]);
});

test("a search finds titles and messages; a hit opens its chat at the message, with the words highlighted", async () => {
  const { page } = app;
  await field(page).fill("STRASSE seventh");
  const hit = results(page).getByRole("option");
  await expect(hit).toHaveCount(1);
  await expect(hit).toContainText("The long chat");
  await expect(hit.locator("mark")).toHaveText(["Straße", "seventh"]);
  await hit.click();
  await expect(page).toHaveURL(new RegExp(`#/chat/${longChat}$`));
  const answer = page.getByText("is in the", { exact: false }).first();
  await expect(answer).toBeInViewport();
  await expect.poll(() => marked(page)).toEqual(["Straße", "seventh"]);
  await expect(page.getByRole("article").first()).toBeVisible();
  expect(await question(page, turns).count()).toBe(0);

  // Scrolls down to the end, which was not read at first.
  await scrollTo(page, scroller(page), question(page, turns), 1000);
  // Another hit in the same chat scrolls back up.
  // Enter waits for the search, and never opens a hit for other words.
  await field(page).fill("question 12");
  await field(page).press("Enter");
  await expect(question(page, 12)).toBeInViewport();
  await expect.poll(() => current(page)).toEqual(["Question 12"]);
  // Another screen, then back to where the user was, not to the hit.
  await scrollTo(page, scroller(page), question(page, 16), 200);
  await painted(page);
  await page.getByRole("link", { name: "Models", exact: true }).click();
  await expect(page.getByRole("main", { name: "Models" })).toBeVisible();
  await page.getByRole("link", { name: "Chat", exact: true }).click();
  await expect(question(page, 16)).toBeInViewport();
  await expect(question(page, 12)).not.toBeInViewport();
  await page.getByRole("button", { name: "Go to end" }).click();
  await expect(question(page, turns)).toBeInViewport();

  // A message sent from the middle of a chat is shown at its end.
  await field(page).fill("question 13");
  await expect(results(page).getByRole("option").first()).toContainText("Question 13");
  await field(page).press("Enter");
  await expect(question(page, 13)).toBeInViewport();
  await writeNext(app.home, { answer: "Sent from the middle." });
  await page.getByRole("textbox", { name: "Message" }).fill("Go on");
  await page.getByRole("textbox", { name: "Message" }).press("Enter");
  await expect(page.getByText("Sent from the middle.")).toBeInViewport();
});

test("hits that were hidden with the sidebar are shown again from the first one", async () => {
  const { page } = app;
  await field(page).fill("short");
  const first = results(page).getByRole("option").first();
  await expect(first).toHaveAttribute("aria-selected", "true");
  await page.setViewportSize({ width: 800, height: 600 });
  await expect(first).toBeHidden();
  await painted(page);
  await page.getByRole("button", { name: "Show chats" }).click();
  await painted(page);
  await expect(first).toBeInViewport({ ratio: 1 });
});

test("many hits are read page by page, and the arrow keys move through them", async () => {
  const { page } = app;
  await page.getByRole("link", { name: "Models", exact: true }).click();
  await field(page).fill("number");
  await expect(results(page).getByRole("option").first()).toContainText("Chat number 240");
  await field(page).press("ArrowDown");
  await field(page).press("ArrowDown");
  const active = results(page).locator("[aria-selected='true']");
  await expect(active).toContainText("Chat number 238");
  expect(await field(page).getAttribute("aria-activedescendant")).toBe(await active.getAttribute("id"));
  await field(page).press("ArrowUp");
  await expect(active).toContainText("Chat number 239");
  await field(page).press("Enter");
  await expect(page.getByRole("article", { name: "You" })).toHaveText(/Chat number 239/);
  // Each chat is listed once, by its title; the oldest one is last.
  const last = results(page).locator(".search-hit-top").getByText("Chat number 1", { exact: true });
  await scrollTo(page, page.locator(".search-results"), last, 1500);
  await field(page).press("Escape");
  await expect(list(page).getByText("Chat number 240")).toBeVisible();
  await field(page).fill("nowhere");
  await expect(page.getByText("No chat contains “nowhere”.")).toBeVisible();
  await page.getByRole("button", { name: "Clear the search" }).last().click();
  await expect(list(page).getByText("Chat number 240")).toBeVisible();
  await expect(field(page)).toBeFocused();
});

test("find in chat counts messages that were not read and thoughts, opens them, and returns the focus", async () => {
  const { page } = app;
  await page.evaluate((id) => (location.hash = `#/chat/${id}`), longChat);
  await expect(question(page, turns)).toBeVisible();
  const message = page.getByRole("textbox", { name: "Message" });
  await message.focus();
  await page.keyboard.press("Control+f");
  const find = page.getByRole("search").filter({ has: page.getByRole("searchbox", { name: "Find in this chat" }) });
  await page.keyboard.type("straße is");
  // It is in the seventh answer, which is far above what was read.
  await expect(find).toContainText("1 of 1");
  await expect.poll(() => current(page)).toEqual(["Straße is"]);
  await expect(page.getByText("is in the", { exact: false }).first()).toBeInViewport();
  await page.getByRole("searchbox", { name: "Find in this chat" }).fill("Question");
  await expect(find).toContainText(/\d+ of 59/);
  await page.keyboard.press("Shift+F3");
  await page.keyboard.press("F3");
  await page.getByRole("searchbox", { name: "Find in this chat" }).fill("quokka");
  await expect(find).toContainText("1 of 1");
  await expect(page.getByTestId("thought")).toContainText("The quokka is hidden here.");
  await expect.poll(() => current(page)).toEqual(["quokka"]);
  await page.keyboard.press("Escape");
  await expect(message).toBeFocused();
  expect(await marked(page)).toEqual([]);
});

test("chats are pinned, renamed, selected and deleted with the keyboard alone; a chat's settings are kept", async () => {
  const { page } = app;
  const link = (title: string): Locator => list(page).getByRole("link", { name: title, exact: true });
  await link("Chat number 239").focus();
  await page.keyboard.press("F2");
  await page.keyboard.type("Renamed");
  await page.keyboard.press("Enter");
  await expect(link("Renamed")).toBeFocused();
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("Enter");
  await expect(list(page).getByText("Pinned")).toBeVisible();
  await expect(list(page).getByRole("link").first()).toHaveText("Renamed");
  await expect(link("Renamed")).toBeFocused();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Shift+ArrowDown");
  await expect(page.getByText("2 chats selected")).toBeVisible();
  await page.keyboard.press("Delete");
  await expect(page.getByText("2 chats deleted")).toBeVisible();
  await expect(link("Chat number 240")).toHaveCount(0);
  await expect(link("Chat number 237")).toBeFocused();
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(link("Chat number 240")).toBeVisible();

  await link("Renamed").click();
  await page.getByRole("button", { name: "Settings for this chat" }).click();
  await page.getByRole("textbox", { name: "Instructions for this chat" }).fill("Be brief.");
  await page.getByRole("textbox", { name: "Temperature" }).fill("0,2");
  await page.getByRole("textbox", { name: "Seed" }).fill("x");
  await expect(page.getByText("Enter a whole number")).toBeVisible();
  await page.getByRole("textbox", { name: "Seed" }).fill("7");
  await page.getByRole("button", { name: "Reset: Temperature" }).click();
  await expect(page.getByRole("textbox", { name: "Temperature" })).toHaveAttribute("placeholder", "0.6");
  await page.keyboard.press("Escape");
  // A page that is loaded again does not wait, as one that is closed does.
  const kept = () =>
    page.evaluate(async () => {
      const { r1 } = window as unknown as { r1: Bridge };
      const opened = await r1.call("chats.open", { chatId: location.hash.replace("#/chat/", "") });
      return opened.ok ? { ...opened.value.chat.replySettings, text: opened.value.chat.systemPrompt } : null;
    });
  await expect.poll(kept).toMatchObject({ temperature: null, seed: 7, text: "Be brief." });
  await page.reload();
  await page.getByRole("button", { name: "Settings for this chat" }).click();
  await expect(page.getByRole("textbox", { name: "Instructions for this chat" })).toHaveValue("Be brief.");
  await expect(page.getByRole("textbox", { name: "Seed" })).toHaveValue("7");
  await expect(page.getByRole("textbox", { name: "Temperature" })).toHaveValue("");
});
