// Measures the longest time between two frames of the window while every hostile and doubtful GGUF of the tests' corpus
// is imported, all at once, and those that pass the check are loaded one by one. The limit is 500 ms.
//   node tests/bench/hostileFiles.mjs     (a display or xvfb-run is needed; build first: npm run build)
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { _electron } from "@playwright/test";
import { runnerImport } from "vite";
import { ensureElectronRuntime } from "../../scripts/setup/electronRuntime.mjs";
import { root } from "../../scripts/setup/paths.mjs";
import { sandboxArguments } from "../../scripts/setup/sandbox.mjs";
import { inMain } from "../support/inMain.mjs";

const limitMs = 500;
const corpus = async (/** @type {string} */ name) =>
  (await runnerImport(fileURLToPath(new URL(`../support/${name}.ts`, import.meta.url)))).module[name];
const { structured, random } = await corpus("doubtfulGgufs");
const files = [...(await corpus("hostileGgufs")), ...structured, ...random];

const { path: binary } = await ensureElectronRuntime();
const sandbox = await sandboxArguments(binary);
const folder = await mkdtemp(join(tmpdir(), "r1-hostile-"));
const given = join(folder, "files");
await mkdir(given);
const paths = files.map((_, index) => join(given, `file-${index}.gguf`));
for (const [index, { bytes }] of files.entries()) await writeFile(paths[index], bytes());

const electron = await _electron.launch({
  executablePath: binary,
  args: [...sandbox, root],
  env: { ...process.env, R1_WORKBENCH_HOME: join(folder, "home") },
});
try {
  const page = await electron.firstWindow();
  await page.getByRole("link", { name: "Models" }).click();
  await page.getByRole("row", { name: /R1 Nano/ }).waitFor();
  await inMain(
    electron,
    ({ dialog }, list) => {
      dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [list.shift()] });
    },
    paths,
  );
  const { ends, frames, worstMs, worstDuring, seconds } = await page.evaluate(async (list) => {
    const { r1 } = window;
    const ends = {};
    let doing = "import";
    let worst = { ms: 0, doing };
    let frames = 0;
    let last = performance.now();
    const began = last;
    const look = () => {
      const now = performance.now();
      if (now - last > worst.ms) worst = { ms: now - last, doing };
      last = now;
      frames += 1;
      requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
    const passed = [];
    const count = (end) => (ends[end] = (ends[end] ?? 0) + 1);
    await Promise.all(
      list.map(async () => {
        const outcome = await r1.call("shell.importModel", {});
        if (outcome.ok) passed.push(outcome.value.id);
        else count(outcome.error.code);
      }),
    );
    for (const modelId of passed) {
      doing = `load of ${modelId}`;
      const outcome = await r1.call("models.load", { modelId });
      if (!outcome.ok) count(outcome.error.code);
      else count(outcome.value.state === "failed" ? outcome.value.problem.code : outcome.value.state);
    }
    return {
      ends,
      frames,
      worstMs: worst.ms,
      worstDuring: worst.doing,
      seconds: (performance.now() - began) / 1000,
    };
  }, paths);
  console.log(`${files.length} files in ${seconds.toFixed(1)} s, ${frames} frames`);
  for (const [end, count] of Object.entries(ends)) console.log(`${String(count).padStart(5)}  ${end}`);
  const verdict = worstMs <= limitMs ? "within" : "BEYOND";
  console.log(
    `longest gap between frames ${Math.round(worstMs)} ms (${worstDuring}), ${verdict} the limit of ${limitMs} ms`,
  );
} finally {
  await electron.close();
  await rm(folder, { recursive: true, force: true });
}
