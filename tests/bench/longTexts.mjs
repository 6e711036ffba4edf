// Measures the window's longest task, in milliseconds of CPU time and (of elapsed time), when a very long text is
// pasted, sent, edited, unfolded and searched for, and what a token costs the page at the start and the end of a long
// reply. Needs a display or xvfb-run, and a build (npm run build).
//   node tests/bench/longTexts.mjs [--parts]
import { startTasks, stopTasks } from "../support/windowTasks.mjs";
import { pageMegabytes, writingApp } from "./writingApp.mjs";
import { inMain } from "../support/inMain.mjs";

const showsParts = process.argv.includes("--parts");
// Just below the limit of a message.
const length = 3_990_000;
const text = "A line of text that is quite usual.\n".repeat(Math.ceil(length / 36)).slice(0, length);

const app = await writingApp();
const { electron, page } = await app.launch();
page.setDefaultTimeout(20_000);
const field = page.getByRole("textbox", { name: "Message" });

async function scene(name, act) {
  await startTasks(electron, showsParts);
  let failed = "";
  await act().catch((error) => (failed = `FAILED: ${String(error).split("\n")[0]}`));
  await page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 500)));
  const tasks = await stopTasks(electron);
  const cpuMs = Math.round(tasks[0]?.cpuMs ?? 0);
  const wallMs = Math.round(Math.max(0, ...tasks.map((task) => task.wallMs)));
  const megabytes = Math.round(await pageMegabytes(electron));
  console.log(name.padEnd(36), String(cpuMs).padStart(6), `(${wallMs})`.padStart(8), `${megabytes} MB`, failed);
  if (!showsParts) return;
  for (const task of tasks.filter((one) => one.cpuMs > 100)) {
    console.log(`    ${task.parts.map((part) => `${part.name} ${Math.round(part.cpuMs)}`).join(", ")}`);
  }
}

async function paste(pasted) {
  await inMain(
    electron,
    async ({ clipboard, webContents }, words) => {
      await clipboard.writeText(words);
      webContents.getAllWebContents()[0]?.paste();
    },
    pasted,
  );
  // It is folded.
  await page.getByRole("list", { name: "Pasted texts" }).waitFor();
}

async function throughTheChat() {
  await page.evaluate(async () => {
    const scroller = document.querySelector(".conversation-scroll");
    const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
    for (const steps of [
      Array.from({ length: 41 }, (_, step) => 40 - step),
      Array.from({ length: 41 }, (_, step) => step),
    ]) {
      for (const step of steps) {
        scroller.scrollTop = (scroller.scrollHeight * step) / 40;
        for (let count = 0; count < 3; count++) await frame();
      }
    }
  });
}

console.log("scene                                   task  (wall)");
await page.getByRole("button", { name: "New chat" }).click();
await app.writeNext([{ part: "answer", text: "Read." }], 10);
await field.focus();
await scene("4 MB pasted", () => paste(text));
await scene("a letter typed after it", () => field.press("x"));
await scene("sent", async () => {
  await page.getByRole("button", { name: "Send" }).click();
  await page.getByRole("button", { name: "Regenerate" }).waitFor();
});
await scene("shown whole", () => page.getByRole("button", { name: /^Show all/ }).click());
await scene("scrolled through, and back", throughTheChat);
await scene("edited", async () => {
  await page.locator(".user-message").first().hover();
  await page.getByRole("button", { name: "Edit" }).first().click();
});
await scene("no longer edited", () =>
  page
    .getByRole("button", { name: /^Cancel/ })
    .first()
    .click(),
);
await scene("searched for", async () => {
  await page.getByRole("searchbox").first().fill("quite usual");
  await page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 1500)));
});
await page.getByRole("searchbox").first().fill("");

await page.getByRole("button", { name: "New chat" }).click();
await app.writeNext(
  [
    { part: "thought", text },
    { part: "answer", text: "Thought." },
  ],
  2000,
);
await scene("a thought of 4 MB is written", async () => {
  await field.fill("Think.");
  await field.press("Enter");
  await page.getByRole("button", { name: "Regenerate" }).waitFor();
});
const thought = page.getByRole("button", { name: /^Thought/ });
await scene("unfolded", () => thought.click());
await scene("scrolled through, and back", throughTheChat);
await scene("folded", () => thought.click());

// A hundred thousand tokens of ordinary text.
const tokens = 100_000;
const words = "Some **bold** text of a usual answer, with `code` and a formula \\(x^2\\) in it.\n\n";
const long = words.repeat(Math.ceil((tokens * 4) / words.length)).slice(0, tokens * 4);
await page.getByRole("button", { name: "New chat" }).click();
await app.writeNext([{ part: "answer", text: long }], 4);
await field.fill("Write long.");
await field.press("Enter");
const samples = [];
for (let written = 0; written < long.length; ) {
  const sample = await inMain(electron, ({ app: shell, webContents }) => {
    const pid = webContents.getAllWebContents()[0]?.getOSProcessId();
    return shell.getAppMetrics().find((metrics) => metrics.pid === pid)?.cpu.cumulativeCPUUsage ?? 0;
  });
  const live = await page
    .locator(".reply-speed > span:last-child")
    .last()
    .textContent({ timeout: 20_000 })
    .catch(() => "");
  written = 4 * Number((live ?? "").replace(/^.*in,|\D/g, ""));
  samples.push({ tokens: written / 4, seconds: sample });
  if (await page.getByRole("button", { name: "Regenerate" }).isVisible()) break;
  await page.waitForTimeout(250);
}
for (let from = 0; from < 5; from++) {
  const within = samples.filter((one) => one.tokens >= (tokens * from) / 5 && one.tokens <= (tokens * (from + 1)) / 5);
  const [first, last] = [within.at(0), within.at(-1)];
  if (!first || !last || last.tokens === first.tokens) continue;
  const microseconds = ((last.seconds - first.seconds) * 1e6) / (last.tokens - first.tokens);
  console.log(`tokens ${first.tokens} to ${last.tokens}: ${Math.round(microseconds)} µs of processor time each`);
}
await electron.close();
await app.remove();
