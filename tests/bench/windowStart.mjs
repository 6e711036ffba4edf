// Measures the time from starting the app until the first paint of its window, and until the window accepts a key,
// compared with a window that contains only a text box, on the same runtime. Runs alternate; prints the medians, the
// shortest and the longest, and the ratios. The key is pressed by Playwright, whose debugger slows our page more than
// the plain one; the paint is measured without it.
//   node tests/bench/windowStart.mjs [RUNS]     (a display or xvfb-run is needed; build first: npm run build)
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { _electron } from "@playwright/test";
import { ensureElectronRuntime } from "../../scripts/setup/electronRuntime.mjs";
import { root } from "../../scripts/setup/paths.mjs";
import { sandboxArguments } from "../../scripts/setup/sandbox.mjs";

const runs = Number(process.argv[2] ?? 7);
const { path: binary } = await ensureElectronRuntime();
const sandbox = await sandboxArguments(binary);
const folder = await mkdtemp(join(tmpdir(), "r1-window-"));

const plainMain = await writeApp(
  "plain",
  `import { app, BrowserWindow } from "electron";
   if (!app.commandLine.hasSwitch("no-sandbox")) app.enableSandbox();
   app.setPath("userData", process.env.R1_WORKBENCH_HOME);
   app.whenReady().then(() => new BrowserWindow({ width: 1280, height: 800 })
     .loadURL("data:text/html,<p>A text</p><textarea aria-label=Message></textarea>"));`,
);
const ourMain = join(root, "out", "main", "main.js");

/** Writes an app with this main file. Returns the file's path. */
async function writeApp(name, code) {
  await mkdir(join(folder, name));
  await writeFile(join(folder, name, "package.json"), JSON.stringify({ main: "main.js", type: "module" }));
  await writeFile(join(folder, name, "main.js"), code);
  return join(folder, name, "main.js");
}

/** Writes an app that starts the one with this main file, says when its first window is painted, and ends. */
async function writePaintApp(name, main) {
  const code = `import { app } from "electron";
    app.on("browser-window-created", (_event, window) => window.once("ready-to-show", () => {
      process.stdout.write("painted " + Date.now());
      setTimeout(() => process.exit(0), 100);
    }));
    await import(${JSON.stringify(pathToFileURL(main).href)});`;
  await writeApp(name, code);
  return join(folder, name);
}

/** Returns the milliseconds from the start of the process until the first paint. */
async function timeToPaint(appFolder, home) {
  const started = Date.now();
  const child = spawn(binary, [...sandbox, appFolder], {
    env: { ...process.env, R1_WORKBENCH_HOME: home },
    stdio: ["ignore", "pipe", "ignore"],
  });
  let said = "";
  child.stdout.on("data", (data) => (said += data));
  await once(child, "close");
  const painted = /painted (\d+)/.exec(said)?.[1];
  if (painted === undefined) throw new Error("The window was not painted.");
  return Number(painted) - started;
}

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
const line = (name, values) =>
  `${name.padEnd(14)} median ${Math.round(median(values))} ms   min ${Math.round(Math.min(...values))}   max ${Math.round(Math.max(...values))}`;

/** Measures both apps in turn. The first pair warms the disk cache. */
async function compare(name, measure, plainApp, ourApp) {
  const ours = [];
  const plain = [];
  for (let run = 0; run <= runs; run += 1) {
    const plainMs = await measure(plainApp, join(folder, `${name}-plain-${run}`));
    const oursMs = await measure(ourApp, join(folder, `${name}-ours-${run}`));
    if (run === 0) continue;
    plain.push(plainMs);
    ours.push(oursMs);
  }
  const least = Math.min(...ours) / Math.min(...plain);
  console.log(`${name}\n${line("one text box", plain)}\n${line("R1 Workbench", ours)}`);
  console.log(
    `ratio of medians ${(median(ours) / median(plain)).toFixed(2)}   of the shortest ${least.toFixed(2)}   (${runs} alternating pairs)`,
  );
}

try {
  await compare(
    "first paint",
    timeToPaint,
    await writePaintApp("plain-paint", plainMain),
    await writePaintApp("our-paint", ourMain),
  );
  await compare("first key", timeToKey, join(folder, "plain"), root);
} finally {
  await rm(folder, { recursive: true, force: true });
}
