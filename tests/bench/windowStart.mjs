// Measures the time from starting the app until its window accepts a key, compared with a window that contains only a
// text box, on the same runtime. Runs alternate; prints the medians and their ratio.
//   node tests/bench/windowStart.mjs [RUNS]     (a display or xvfb-run is needed; build first: npm run build)
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { _electron } from "@playwright/test";
import { ensureElectronRuntime } from "../../scripts/setup/electronRuntime.mjs";
import { root } from "../../scripts/setup/paths.mjs";
import { sandboxArguments } from "../../scripts/setup/sandbox.mjs";

const runs = Number(process.argv[2] ?? 7);
const { path: binary } = await ensureElectronRuntime();
const sandbox = await sandboxArguments(binary);
const folder = await mkdtemp(join(tmpdir(), "r1-window-"));

await writeFile(join(folder, "package.json"), JSON.stringify({ main: "main.js", type: "module" }));
await writeFile(
  join(folder, "main.js"),
  `import { app, BrowserWindow } from "electron";
   if (!app.commandLine.hasSwitch("no-sandbox")) app.enableSandbox();
   app.setPath("userData", process.env.R1_WORKBENCH_HOME);
   app.whenReady().then(() => new BrowserWindow({ width: 1280, height: 800 })
     .loadURL("data:text/html,<textarea aria-label=Message></textarea>"));`,
);

/** Returns the milliseconds from the start of the process until the text box has accepted a key. */
async function timeToKey(appFolder, home) {
  const started = performance.now();
  const electron = await _electron.launch({
    executablePath: binary,
    args: [...sandbox, appFolder],
    env: { ...process.env, R1_WORKBENCH_HOME: home },
  });
  try {
    const page = await electron.firstWindow();
    const box = page.getByRole("textbox", { name: "Message" });
    await box.press("a");
    await page.waitForFunction(() => document.activeElement?.value === "a");
    return performance.now() - started;
  } finally {
    await electron.close();
  }
}

const median = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];
const ours = [];
const plain = [];
for (let run = 0; run <= runs; run += 1) {
  const home = join(folder, `home-${run}`);
  const plainMs = await timeToKey(folder, join(folder, `plain-${run}`));
  const oursMs = await timeToKey(root, home);
  // The first pair warms the disk cache.
  if (run > 0) {
    plain.push(plainMs);
    ours.push(oursMs);
  }
}
await rm(folder, { recursive: true, force: true });
const line = (name, values) =>
  `${name.padEnd(14)} median ${Math.round(median(values))} ms   min ${Math.round(Math.min(...values))}   max ${Math.round(Math.max(...values))}`;
console.log(`${line("one text box", plain)}\n${line("R1 Workbench", ours)}`);
console.log(`ratio of medians ${(median(ours) / median(plain)).toFixed(2)}   (${runs} alternating pairs)`);
