// The longest task of the window while hostile replies stream, when they are opened and while they are scrolled, and
// the page's largest memory. Needs a display or xvfb-run, a quiet machine and a build (npm run build).
//   node tests/bench/hostileReplies.mjs [NAME...]
import { mkdtemp, readFile, rename, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { _electron } from "@playwright/test";
import { ensureElectronRuntime } from "../../scripts/setup/electronRuntime.mjs";
import { root } from "../../scripts/setup/paths.mjs";
import { sandboxArguments } from "../../scripts/setup/sandbox.mjs";
import { hostileTexts } from "../support/chats/hostileTexts.mjs";

const support = (name) => fileURLToPath(new URL(`../e2e/support/${name}`, import.meta.url));
const contract = await readFile(join(root, "electron/contract/engineProtocol.ts"), "utf8");
const protocol = /engineProtocolVersion = (\d+)/.exec(contract)?.[1] ?? "";
const engineSays = {
  ready: {
    type: "ready",
    protocol: Number(protocol),
    info: {
      pid: 0,
      nodeVersion: "22",
      libraryVersion: "0",
      llamaRelease: "b0",
      backend: "cpu",
      computeCores: 1,
      cpuFeatures: [],
    },
  },
  facts: {
    contextSize: 0,
    batchSize: 0,
    threads: 1,
    gpuLayers: 0,
    layers: 3,
    flashAttention: null,
    kvCacheType: "f16",
    memoryMapped: true,
    description: "the bench's own words",
    weightsBytes: 1_000_000,
    loadMs: 1,
  },
};
const wanted = process.argv.slice(2);
const names = Object.keys(hostileTexts).filter((name) => wanted.length === 0 || wanted.includes(name));
const home = await mkdtemp(join(tmpdir(), "r1-hostile-"));
const replyFile = join(home, "test-reply.json");
const { path: binary } = await ensureElectronRuntime();

async function launch() {
  const electron = await _electron.launch({
    executablePath: binary,
    args: ["-r", support("replaceEngine.cjs"), ...(await sandboxArguments(binary)), root],
    chromiumSandbox: true,
    env: {
      ...process.env,
      R1_WORKBENCH_HOME: home,
      R1_TEST_ENGINE: support("writingEngine.mjs"),
      R1_TEST_REPLY: replyFile,
      R1_TEST_ENGINE_SAYS: JSON.stringify(engineSays),
    },
  });
  const page = await electron.firstWindow();
  page.setDefaultTimeout(180_000);
  return { electron, page };
}

/** Starts measuring: the longest task, and the longest time between two frames. */
const watch = (page) =>
  page.evaluate(() => {
    window.longest = { task: 0, gap: 0 };
    window.observed ??= new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) window.longest.task = Math.max(window.longest.task, duration);
    });
    window.observed.observe({ type: "longtask" });
    const run = Symbol();
    window.run = run;
    let last = performance.now();
    const frame = (now) => {
      if (window.run !== run) return;
      window.longest.gap = Math.max(window.longest.gap, now - last);
      last = now;
      requestAnimationFrame(frame);
    };
    requestAnimationFrame(frame);
  });

const longest = async (page) => {
  await page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 300)));
  return page.evaluate(() => window.longest);
};

async function pageMegabytes(electron) {
  const metrics = await electron.evaluate(({ app }) => app.getAppMetrics());
  const tab = metrics.find(({ type }) => type === "Tab");
  return (tab?.memory.workingSetSize ?? 0) / 1000;
}

/** Until nothing waits to be typeset. */
const settled = (page) => page.waitForFunction(() => document.querySelector(".answer-text .is-waiting") === null);

console.log("text                 chars   stream  (gap)    open  (gap)  scroll  (gap)   MB  outcome");
for (const name of names) {
  const text = hostileTexts[name];
  const pieceChars = Math.max(16, Math.ceil(text.length / 2000));
  const characters = Array.from(text);
  const pieces = [];
  for (let at = 0; at < characters.length; at += pieceChars)
    pieces.push({ part: "answer", text: characters.slice(at, at + pieceChars).join("") });
  await writeFile(`${replyFile}.new`, JSON.stringify({ pieces, hold: false }));
  await rename(`${replyFile}.new`, replyFile);
  const cells = [name.padEnd(18), String(text.length).padStart(8)];
  const { electron, page } = await launch();
  let megabytes = 0;
  const show = ({ task, gap }) =>
    cells.push(Math.round(task).toString().padStart(7), `(${Math.round(gap)})`.padStart(7));
  const sampler = setInterval(() => {
    pageMegabytes(electron).then(
      (now) => (megabytes = Math.max(megabytes, now)),
      () => undefined,
    );
  }, 200);
  try {
    await page.getByRole("button", { name: "New chat" }).click();
    await watch(page);
    await page.getByRole("textbox", { name: "Message" }).fill(`Write ${name}.`);
    await page.getByRole("textbox", { name: "Message" }).press("Enter");
    await page.getByRole("button", { name: "Regenerate" }).waitFor();
    await settled(page);
    show(await longest(page));
    const address = await page.evaluate(() => location.hash);
    await page.getByRole("button", { name: "New chat" }).click();
    await page.locator("article").first().waitFor({ state: "detached" });
    await watch(page);
    await page.evaluate((hash) => (location.hash = hash), address);
    await page.getByRole("button", { name: "Regenerate" }).waitFor();
    await settled(page);
    show(await longest(page));
    await watch(page);
    await page.evaluate(async () => {
      const scroller = document.querySelector(".conversation-scroll");
      const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
      for (let step = 40; step >= 0; step--) {
        scroller.scrollTop = (scroller.scrollHeight * step) / 40;
        for (let count = 0; count < 4; count++) await frame();
      }
      for (let step = 0; step < 60; step++) {
        scroller.scrollTop += 800;
        await frame();
      }
    });
    show(await longest(page));
    await page.getByTestId("answer").first().waitFor({ state: "attached", timeout: 1000 });
    const note = await page
      .locator(".plain-note")
      .first()
      .textContent({ timeout: 1000 })
      .catch(() => null);
    const outcome = note === null ? "formatted" : note.startsWith("The rest") ? "rest plain" : "part plain";
    cells.push(Math.round(megabytes).toString().padStart(5), ` ${outcome}`);
  } catch (error) {
    cells.push(`  FAILED: ${String(error).split("\n")[0]}`);
  }
  clearInterval(sampler);
  await electron.close().catch(() => undefined);
  console.log(cells.join(" "));
}
await rm(home, { recursive: true, force: true });
