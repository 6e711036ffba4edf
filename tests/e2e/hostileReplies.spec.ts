import { expect, type Page, test } from "@playwright/test";
import type { Bridge } from "../../electron/contract/bridge.ts";
import { canary, type HostileText, hostileTexts } from "../support/hostileTexts.ts";
import { replies } from "./support/chatSteps.ts";
import { harmInPage, noHarm, titlePattern, watchPolicy } from "./support/harmInPage.ts";
import { launch } from "./support/launch.ts";
import type { RunningPage } from "./support/RunningPage.ts";
import { openSink, type Sink } from "./support/Sink.ts";
import { receive, writeNext } from "./support/writeReplies.ts";

let app: RunningPage;
let tried: () => Promise<string[]>;
let sink: Sink;
let texts: HostileText[];
test.beforeEach(async () => {
  sink = await openSink();
  texts = hostileTexts(sink.address);
  app = await launch({ writes: true });
  await watch();
});
test.afterEach(async () => {
  await app.close();
  sink.close();
});

/** Starts recording what the page attempts and what its policy blocks. */
async function watch(): Promise<void> {
  tried = await app.watch();
  await app.page.evaluate(watchPolicy);
}

async function expectNothingHappened(page: Page, where: string): Promise<void> {
  const found = await page.evaluate(harmInPage, canary);
  expect(found, where).toEqual({ ...noHarm, title: expect.stringMatching(titlePattern), origin: app.origin });
  expect(await tried(), where).toEqual([]);
  expect(sink.arrived, where).toEqual([]);
}

/** Sends a text in a new chat and waits for the reply's end. Returns the chat's id. */
async function sendInNewChat(page: Page, text: string): Promise<string> {
  return page.evaluate(async (words) => {
    const { r1 } = window as unknown as { r1: Bridge };
    const created = await r1.call("chats.create", {});
    if (!created.ok) throw new Error(created.error.message);
    const chatId = created.value.id;
    location.hash = `#/chat/${chatId}`;
    const sent = await r1.call("chats.send", { chatId, text: words });
    if (!sent.ok) throw new Error(sent.error.message);
    await new Promise<void>((resolve) => {
      r1.attachRun(sent.value.runId, (frame) => frame.kind === "ended" && resolve());
    });
    return chatId;
  }, text);
}

test("a model's output arrives unchanged, and a reply that does not end can be stopped", async () => {
  const { page } = app;
  const answer = "Hello **you** 🙂.\n\n<script>alert(1)</script>";
  await receive(app, { thought: "Let me <b>think</b>.", answer, pieceChars: 1 });
  await expect(replies(page).last().getByTestId("answer")).toContainText("Hello you 🙂.");
  await replies(page)
    .last()
    .getByRole("button", { name: /^Thought/ })
    .click();
  await expect(replies(page).last().getByTestId("thought")).toHaveText("Let me <b>think</b>.");
  await receive(app, { answer: "It goes on", hold: true });
  await expect(replies(page).last().getByTestId("answer")).toContainText("It goes on");
  await page.getByRole("button", { name: "Stop" }).click();
  await expect(replies(page).last()).toContainText("Stopped");
});

test("a hundred hostile texts, streamed, stored, as titles and as search hits, request nothing and run nothing", async () => {
  test.setTimeout(600_000);
  const { page } = app;
  expect(texts.length).toBeGreaterThanOrEqual(100);
  // In single characters, sevens and pieces of random lengths, in the thought and in the answer.
  const ways = [{ pieceChars: 1 }, { pieceChars: 7 }, { pieceChars: 23, seed: 5 }, { pieceChars: null }];
  const chats: string[] = [];
  for (const [index, { text }] of texts.entries()) {
    const answer = `before-${index}\n\n${text}\n\nafter-${index}`;
    await writeNext(app.home, { thought: text, answer, ...ways[index % ways.length] });
    chats.push(await sendInNewChat(page, text));
    const reply = replies(page).last();
    await expect(reply.getByTestId("answer")).toContainText(`before-${index}`);
    await reply.getByRole("button", { name: /^Thought/ }).click();
    await expectNothingHappened(page, `streamed: ${text}`);
  }

  // From the store, after a restart; all of them are titles in the list.
  await app.quit();
  app = await launch({ home: app.home, writes: true });
  await watch();
  for (const [index, chatId] of chats.entries()) {
    await app.page.evaluate((id) => (location.hash = `#/chat/${id}`), chatId);
    await expect(replies(app.page).last().getByTestId("answer")).toContainText(`before-${index}`);
    await expect(app.page.getByRole("article", { name: "You" })).toHaveCount(1);
    await expectNothingHappened(app.page, `kept: ${texts[index]?.text}`);
  }

  // Searched for, each by its own beginning, and shown as plain words.
  const box = app.page.getByRole("searchbox", { name: "Search chats" });
  for (const { text } of texts.filter((_, index) => index % 5 === 0)) {
    const query = text.slice(0, 120).replaceAll(/\s+/g, " ");
    const outcome = await app.page.evaluate(
      (words) => (window as unknown as { r1: Bridge }).r1.call("chats.search", { query: words }),
      query,
    );
    expect(outcome.ok, query).toBe(true);
    await box.fill(query);
    await expect(app.page.locator(".list-note, .problem, .search-hit").first()).toBeVisible();
    await expectNothingHappened(app.page, `searched: ${text}`);
  }
});

test("hostile texts in notices and names of downloads are shown as text", async () => {
  const { page } = app;
  // The page's own first read of the notices would overwrite notices sent before it.
  await expect(page.getByRole("textbox", { name: "Message" })).toBeVisible();
  await page.evaluate(() => (window as unknown as { r1: Bridge }).r1.call("notices.list", {}));
  for (const { text } of texts) {
    await app.tell("notices.changed", [{ id: "1", problem: { code: "store-corrupt", message: text, detail: text } }]);
    await expect(page.getByRole("alert")).toHaveCount(1);
    await expectNothingHappened(page, `notice: ${text}`);
  }
  await expect(page.getByRole("alert")).toContainText("<img src=x onerror=");
});
