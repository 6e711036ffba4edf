import { expect, type Page, test } from "@playwright/test";
import type { Bridge } from "../../electron/contract/bridge.ts";
import { hostileTexts } from "../support/chats/hostileTexts.mjs";
import { randomMarkdown } from "../support/chats/randomMarkdown.ts";
import { replies } from "./support/chatSteps.ts";
import { launch } from "./support/launch.ts";
import { markupOf } from "./support/markupOf.ts";
import type { RunningPage } from "./support/RunningPage.ts";
import { type WrittenReply, writeNext } from "./support/writeReplies.ts";

/** The limit on a busy machine. tests/bench/hostileReplies.mjs reports the times on a quiet one. */
const longestTaskMs = 3000;

let app: RunningPage;
let crashes = 0;
test.beforeAll(async () => {
  app = await launch({ writes: true, traces: false });
  app.page.on("crash", () => crashes++);
});
test.afterAll(async () => {
  await app.close();
});

/** In the other Chromium, replies arrive at once: how they stream does not depend on the browser. */
const isElectron = (): boolean => test.info().project.name !== "chromium";

/** Starts measuring the longest time for which the page is blocked. */
async function watchTasks(page: Page): Promise<void> {
  await page.evaluate(() => {
    const watched = window as unknown as { longestMs: number; observer?: PerformanceObserver };
    watched.longestMs = 0;
    watched.observer ??= new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) watched.longestMs = Math.max(watched.longestMs, duration);
    });
    watched.observer.observe({ type: "longtask" });
  });
}

async function expectNoFreeze(page: Page): Promise<void> {
  // A task is reported after it has ended, within a frame.
  await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
  const longestMs = await page.evaluate(() => (window as unknown as { longestMs: number }).longestMs);
  expect(longestMs).toBeLessThan(longestTaskMs);
  expect(crashes).toBe(0);
}

/**
 * Lets the model write a reply in a new chat, and waits until it is shown and formatted. The page itself asks and looks
 * at every frame, because Playwright's own waits look once a second, and there are more than a hundred replies.
 */
async function write(reply: WrittenReply): Promise<void> {
  await writeNext(app.home, reply);
  await leave(app.page);
  await app.page.evaluate(async () => {
    const { r1 } = window as unknown as { r1: Bridge };
    const created = await r1.call("chats.create", {});
    if (!created.ok) throw new Error(created.error.message);
    const chatId = created.value.id;
    window.location.hash = `#/chat/${chatId}`;
    const sent = await r1.call("chats.send", { chatId, text: "Write it." });
    if (!sent.ok) throw new Error(sent.error.message);
    await new Promise<void>((resolve) => {
      r1.attachRun(sent.value.runId, (frame) => frame.kind === "ended" && resolve());
    });
  });
  await settled(app.page);
}

/** Waits until the open chat's reply has ended and everything has been formatted. */
async function settled(page: Page): Promise<void> {
  await page.waitForFunction(
    () =>
      Array.from(document.querySelectorAll("main article button")).some((button) =>
        (button.getAttribute("aria-label") ?? button.textContent ?? "").includes("Regenerate"),
      ) &&
      document.querySelector(".answer-text") !== null &&
      document.querySelector(".answer-text .is-waiting") === null,
  );
}

/** Closes the open chat. Resolves with its address. */
async function leave(page: Page): Promise<string> {
  const address = await page.evaluate(() => {
    const { hash } = window.location;
    window.location.hash = "#/chat";
    return hash;
  });
  await page.waitForFunction(() => document.querySelector("article") === null);
  return address;
}

async function reopen(page: Page): Promise<void> {
  const address = await leave(page);
  await page.evaluate((hash) => {
    window.location.hash = hash;
  }, address);
  await settled(page);
}

async function scrollThrough(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const scroller = document.querySelector(".conversation-scroll");
    const frame = (): Promise<number> => new Promise((resolve) => requestAnimationFrame(resolve));
    for (let step = 10; scroller && step >= 0; step--) {
      scroller.scrollTop = (scroller.scrollHeight * step) / 10;
      await frame();
      await frame();
    }
  });
}

for (const [name, text] of Object.entries(hostileTexts)) {
  test(`${name}: it streams, opens and scrolls, and nothing freezes`, async () => {
    const { page } = app;
    await watchTasks(page);
    await write({ answer: text, pieceChars: isElectron() ? Math.max(16, Math.ceil(text.length / 500)) : null });
    await expectNoFreeze(page);
    await watchTasks(page);
    await reopen(page);
    await scrollThrough(page);
    await expectNoFreeze(page);
    // The window still accepts input.
    await page.getByRole("textbox", { name: "Message" }).fill("Still here.");
    await expect(page.getByRole("textbox", { name: "Message" })).toHaveValue("Still here.");
    await page.getByRole("textbox", { name: "Message" }).fill("");
  });
}

test("what cannot be formatted is shown as plain text, with one line that says so", async () => {
  const { page } = app;
  await write({ answer: `Before **it**.\n\n${hostileTexts["tableWide"]}\n\nAfter **it**.`, pieceChars: 500 });
  const answer = replies(page).last().getByTestId("answer");
  await expect(answer.getByText("too long or too complex to format")).toHaveCount(1);
  await expect(answer.locator("strong")).toHaveText(["it", "it"]);
  await expect(answer).toContainText("|a|a|a|");
});

test("two hundred roots are shown as written, in a formatted answer", async () => {
  const { page } = app;
  await write({ answer: `So **this**: ${hostileTexts["roots"]}.` });
  const answer = replies(page).last().getByTestId("answer");
  await expect(answer.locator("strong")).toHaveText("this");
  await expect(answer).toContainText("\\sqrt{\\sqrt{");
  await expect(answer.locator(".katex")).toHaveCount(0);
});

test("documents look the same streamed in random pieces as when opened", async () => {
  test.setTimeout(180_000);
  const { page } = app;
  for (let seed = 1001; seed <= 1000 + (isElectron() ? 40 : 10); seed++) {
    const { text } = randomMarkdown(seed);
    await write({ answer: text, pieceChars: [1, 7, 40][seed % 3] ?? 1, seed });
    const answer = replies(page).last().getByTestId("answer");
    // Code is highlighted slightly later.
    await colored(page, text);
    const streamed = await markupOf(answer);
    await reopen(page);
    await colored(page, text);
    expect(await markupOf(answer), `seed ${seed}: ${JSON.stringify(text)}`).toBe(streamed);
  }
});

/** Waits until the code blocks in known languages are highlighted, except one that the text never closes. */
async function colored(page: Page, text: string): Promise<void> {
  const neverCloses = endsInCode(text);
  await expect
    .poll(() =>
      page.locator("figure.code").evaluateAll(
        (figures, lastIsOpen) =>
          figures.every((figure, index) => {
            const isKnown = ["python", "js"].includes(figure.querySelector("figcaption span")?.textContent ?? "");
            if (!isKnown || (lastIsOpen && index === figures.length - 1)) return true;
            return figure.querySelector("code span[style]") !== null;
          }),
        neverCloses,
      ),
    )
    .toBe(true);
}

function endsInCode(text: string): boolean {
  let fence: string | null = null;
  for (const line of text.split("\n")) {
    const [, marks = "", rest = ""] = /^(`{3,}|~{3,})(.*)$/.exec(line) ?? [];
    if (marks === "") continue;
    if (fence === null) fence = marks;
    else if (marks.startsWith(fence) && rest.trim() === "") fence = null;
  }
  return fence !== null;
}
