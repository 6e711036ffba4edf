// Measures how smoothly the window works: typing while a reply streams, a reply of 100,000 tokens while it streams and
// when it is scrolled, a chat of 5,000 messages when it is scrolled, and how the cost of a reply grows with its length.
// Needs a display or xvfb-run, and a build (npm run build).
//   node tests/bench/windowFrames.mjs [typing] [growth] [reply] [chat]     (all unless named)
// Frames depend on the machine's other load; the CPU time of tasks does not.
import { startTasks, stopTasks } from "../support/windowTasks.mjs";
import { inMain } from "../support/inMain.mjs";
import { keyTimes, watchKeys } from "./keyTimes.mjs";
import { makeLargeStore } from "./makeLargeStore.mjs";
import { median } from "./median.mjs";
import { writingApp } from "./writingApp.mjs";

const tokensPerSecond = 300;
const keys = 150;
const wanted = process.argv.slice(2);

/** Returns an answer with the usual mixture of paragraphs, lists, code, mathematics and tables; each word is a token. */
function answerOf(tokens) {
  const paragraph = "The sum of the first numbers grows with the square of their count, as one sees from the pairs. ";
  const blocks = [
    `${paragraph.repeat(3)}\n\n`,
    `- **first** ${paragraph}\n- second ${paragraph}\n- third with \`code\` in it\n\n`,
    `The sum is $n(n+1)/2$, so that\n\n$$\\sum_{k=1}^{n} k = \\frac{n(n+1)}{2}.$$\n\n`,
    "```python\ndef total(limit: int) -> int:\n    # The usual loop.\n    result = 0\n    for number in range(limit):\n        result += number\n    return result\n```\n\n",
    `| n | sum |\n|---|---|\n| 1 | 1 |\n| 2 | 3 |\n| 3 | 6 |\n\n`,
    `## A heading\n\n${paragraph.repeat(2)}\n\n`,
  ];
  const words = [];
  for (let index = 0; words.length < tokens; index++)
    words.push(...(blocks[index % blocks.length].match(/\s*\S+|\s+$/g) ?? []));
  return words.slice(0, tokens);
}

async function withApp(work, prepare = () => Promise.resolve()) {
  const app = await writingApp();
  try {
    await prepare(app.home);
    const { electron, page } = await app.launch();
    try {
      await page.getByRole("textbox", { name: "Message" }).waitFor();
      return await work({ app, electron, page });
    } finally {
      await electron.close();
    }
  } finally {
    await app.remove();
  }
}

async function ask(page) {
  await page.getByRole("textbox", { name: "Message" }).fill("Write it.");
  await page.getByRole("textbox", { name: "Message" }).press("Enter");
}

/** From a key to the paint that follows it, as Chromium's event timing states it, in steps of 8 ms. */
async function typing() {
  await withApp(async ({ app, electron, page }) => {
    await type("typing, nothing streams", electron, page);
    await app.writePieces("answer", answerOf(tokensPerSecond * 60), tokensPerSecond);
    await ask(page);
    await page.getByRole("button", { name: "Stop" }).first().waitFor();
    await page.waitForTimeout(5000);
    await type(`typing while ${tokensPerSecond} tokens/s stream`, electron, page);
    await page.getByRole("button", { name: "Stop" }).first().click();
  });
}

async function type(name, electron, page) {
  await watchKeys(page);
  await startTasks(electron);
  const box = page.getByRole("textbox", { name: "Message" });
  await box.fill("");
  for (let count = 0; count < keys; count++) {
    await page.keyboard.press("abcdefghij ".charAt(count % 11));
    await page.waitForTimeout(100);
  }
  const tasks = await stopTasks(electron);
  const { all, at } = await keyTimes(page, keys);
  const typed = await box.inputValue();
  await box.fill("");
  if (typed.length !== keys) throw new Error(`${typed.length} of ${keys} keys arrived.`);
  console.log(
    `${name}   ${keys} keys: median ${at(0.5)} ms   p95 ${at(0.95)} ms   max ${at(1)} ms   over 50 ms: ${all.filter((ms) => ms > 50).length}   ${longest(tasks)}`,
  );
}

const longest = (tasks) =>
  `longest task ${Math.round(tasks[0]?.cpuMs ?? 0)} ms CPU (${Math.round(Math.max(0, ...tasks.map(({ wallMs }) => wallMs)))} ms elapsed)`;

/** Streams replies of different lengths as fast as the window takes them. */
async function growth() {
  await withApp(async ({ app, electron, page }) => {
    const costs = [];
    for (const tokens of [12_500, 25_000, 50_000, 100_000]) {
      await page.getByRole("button", { name: "New chat" }).first().click();
      await app.writePieces("answer", answerOf(tokens), 5000);
      const before = await pageSeconds(electron);
      await startTasks(electron);
      await ask(page);
      await page.getByRole("button", { name: "Regenerate" }).waitFor({ timeout: 600_000 });
      await settled(page);
      const seconds = (await pageSeconds(electron)) - before;
      const tasks = await stopTasks(electron);
      costs.push(seconds / tokens);
      console.log(
        `a reply of ${String(tokens).padStart(6)} tokens streams   ${seconds.toFixed(1)} s of the page's CPU, ${((seconds / tokens) * 1e6).toFixed(0)} µs a token   ${longest(tasks)}`,
      );
    }
    console.log(`cost of a token in the longest reply ÷ in the shortest: ${(costs.at(-1) / costs[0]).toFixed(2)}`);
  });
}

async function reply() {
  await withApp(async ({ app, electron, page }) => {
    await app.writePieces("answer", answerOf(100_000), null);
    await ask(page);
    await page.getByRole("button", { name: "Regenerate" }).waitFor({ timeout: 600_000 });
    await settled(page);
    await scroll("a reply of 100,000 tokens scrolled", electron, page);
  });
}

async function chat() {
  let largestId = "";
  await withApp(
    async ({ electron, page }) => {
      await page.evaluate((id) => (location.hash = `#/chat/${id}`), largestId);
      await page.getByRole("article").last().waitFor();
      await settled(page);
      await scroll("a chat of 5,000 messages scrolled", electron, page);
    },
    async (home) => {
      largestId = await makeLargeStore({ home, chats: 20, messages: 5200, largest: 5000 });
    },
  );
}

/** Scrolls as a wheel does, up and down again, and counts the frames that were painted. */
async function scroll(name, electron, page) {
  const box = await page.locator(".conversation-scroll").boundingBox();
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  for (const [direction, step] of [
    ["up", -120],
    ["down", 120],
    ["up fast", -1200],
  ]) {
    await page.evaluate(() => {
      const times = [];
      window.frameTimes = times;
      const count = (now) => {
        if (window.frameTimes !== times) return;
        times.push(now);
        requestAnimationFrame(count);
      };
      requestAnimationFrame(count);
    });
    await startTasks(electron);
    const started = performance.now();
    const before = await page.evaluate(() => document.querySelector(".conversation-scroll").scrollTop);
    while (performance.now() - started < 6000) {
      await page.mouse.wheel(0, step);
      await page.waitForTimeout(16);
    }
    const tasks = await stopTasks(electron);
    const { gaps, after } = await page.evaluate(() => {
      const times = window.frameTimes;
      window.frameTimes = null;
      return {
        gaps: times.slice(1).map((time, index) => time - times[index]),
        after: document.querySelector(".conversation-scroll").scrollTop,
      };
    });
    const seconds = gaps.reduce((sum, gap) => sum + gap, 0) / 1000;
    console.log(
      `${name} ${direction.padEnd(8)} ${(gaps.length / seconds).toFixed(1)} frames/s   median gap ${median(gaps).toFixed(1)} ms   longest ${Math.max(...gaps).toFixed(0)} ms   ${longest(tasks)}   ${Math.round(Math.abs(after - before))} px`,
    );
  }
}

/** Waits until everything in the window has been typeset. What is far above or below it waits until it is near. */
const settled = (page) =>
  page.waitForFunction(() =>
    Array.from(document.querySelectorAll(".answer-text .is-waiting")).every((part) => {
      const { top, bottom } = part.getBoundingClientRect();
      return bottom < 0 || top > innerHeight;
    }),
  );

/** Returns the CPU seconds of the page's process so far. */
async function pageSeconds(electron) {
  const metrics = await inMain(electron, ({ app }) => app.getAppMetrics());
  return metrics.find(({ type }) => type === "Tab")?.cpu.cumulativeCPUUsage ?? 0;
}

const parts = { typing, growth, reply, chat };
for (const [name, measure] of Object.entries(parts)) {
  if (wanted.length === 0 || wanted.includes(name)) await measure();
}
