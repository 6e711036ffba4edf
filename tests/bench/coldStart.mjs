// Measures how long the packed app takes from the start of its process until its message box has taken a key, compared
// with an Electron app that has only a text box and is packed alike: the same runtime, the same fuses, in an asar. Then,
// until R1 Nano has thought about a question, which includes its first token. Runs alternate, each round with two new
// homes, in which both apps start twice; the disk cache is warm. As root, all run as `nobody`, so that Chromium's sandbox
// is on, and `chrt -r 5` keeps other programs from disturbing them.
//   npm run package -- --dir && chrt -r 5 xvfb-run -a node tests/bench/coldStart.mjs [RUNS]
import { spawn } from "node:child_process";
import { once } from "node:events";
import { chmod, cp, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createPackage, extractAll } from "@electron/asar";
import { command } from "../../scripts/setup/command.mjs";
import { root } from "../../scripts/setup/paths.mjs";
import { median } from "./median.mjs";

const runs = Number(process.argv[2] ?? 7);
const packed = join(root, "release", "linux-unpacked");
const isRoot = process.getuid?.() === 0;
const nobody = 65534;
const startLimitMs = 60_000;
const asNobody = isRoot ? ["setpriv", `--reuid=${nobody}`, `--regid=${nobody}`, "--clear-groups"] : [];
/** The second start asks another one, because the chat of the first start is open. */
const questions = ["What is 17 + 25?", "What is 18 + 25?"];

const folder = await mkdtemp(join(tmpdir(), "r1-cold-"));
await chmod(folder, 0o755);

/** Starts an app's own main file, uses its window as a person would, says when, and ends. */
const measuring = `
import { app } from "electron";
const until = (condition) => \`new Promise((resolve) => {
  const look = () => (\${condition}) ? resolve() : setTimeout(look, 4);
  look();
})\`;
const box = 'document.querySelector("textarea[aria-label=Message]")';
app.once("browser-window-created", (_event, window) => {
  const page = window.webContents;
  page.once("dom-ready", async () => {
    await page.executeJavaScript(until(box + " !== null && document.activeElement === " + box));
    page.sendInputEvent({ type: "char", keyCode: "a" });
    await page.executeJavaScript(until(box + '.value === "a"'));
    process.stdout.write("usable " + Date.now() + "\\n");
    if (process.env.ASKS !== "") {
      const asked = JSON.stringify(process.env.ASKS);
      await page.executeJavaScript(box + ".select()");
      await page.insertText(process.env.ASKS);
      await page.executeJavaScript(until(box + ".value === " + asked));
      // Enter is accepted once, also while the page does not know its chats and models yet.
      for (const type of ["keyDown", "char", "keyUp"]) page.sendInputEvent({ type, keyCode: "Return" });
      // The thought of R1 Nano ends some hundredths of a second after the first token.
      const articles = '[...document.querySelectorAll("article")]';
      const sent = articles + ".findLastIndex((article) => article.textContent.includes(" + asked + "))";
      await page.executeJavaScript(until(sent + " >= 0"));
      process.stdout.write("sent " + Date.now() + "\\n");
      await page.executeJavaScript(until(articles + "[" + sent + ' + 1]?.querySelector("button[aria-expanded]")?.textContent.startsWith("Thought")'));
      process.stdout.write("answered " + Date.now() + "\\n");
    }
    app.quit();
  });
});
await import(process.env.MEASURED_MAIN);
`;
const helloMain = `
import { app, BrowserWindow } from "electron";
if (!app.commandLine.hasSwitch("no-sandbox")) app.enableSandbox();
app.setPath("userData", process.env.R1_WORKBENCH_HOME);
app.whenReady().then(() => new BrowserWindow({ width: 1280, height: 800 })
  .loadURL("data:text/html,<p>Hello</p><textarea aria-label=Message autofocus></textarea>"));
`;

/** Copies the packed app as links, with the app that \`fill\` writes in place of ours. Resolves with the binary's path. */
async function packAlike(name, fill) {
  const target = join(folder, name);
  const copied = await command("cp", ["-al", packed, target]);
  // Not on the same file system.
  if (copied.code !== 0) await cp(packed, target, { recursive: true });
  const app = join(folder, `${name}-app`);
  await mkdir(app);
  await fill(app);
  const manifest = JSON.parse(await readFile(join(app, "package.json"), "utf8"));
  await writeFile(join(app, "package.json"), JSON.stringify({ ...manifest, type: "module", main: "measuring.mjs" }));
  await writeFile(join(app, "measuring.mjs"), measuring);
  const archive = join(target, "resources", "app.asar");
  // A link to the packed app's own archive.
  await rm(archive);
  await createPackage(app, archive);
  return join(target, "r1-workbench");
}

/** Makes a home folder that belongs to the user who runs the apps. */
async function newHome() {
  const home = await mkdtemp(join(folder, "home-"));
  if (process.env.XAUTHORITY !== undefined) await cp(process.env.XAUTHORITY, join(home, "xauthority"));
  if (isRoot) await command("chown", ["-R", String(nobody), home]);
  return home;
}

/** Resolves with the milliseconds from the start of the process until each of what it said. */
async function start(binary, main, home, asks = "") {
  const { PATH, DISPLAY } = process.env;
  const env = { PATH, DISPLAY, XAUTHORITY: join(home, "xauthority"), HOME: home, LC_ALL: "C.UTF-8", LANGUAGE: "en" };
  const ours = { R1_WORKBENCH_HOME: join(home, "r1"), MEASURED_MAIN: main, ASKS: asks };
  const started = Date.now();
  const child = spawn("env", [...asNobody, binary], { env: { ...env, ...ours }, stdio: ["ignore", "pipe", "pipe"] });
  let said = "";
  child.stdout.on("data", (data) => (said += data));
  child.stderr.on("data", (data) => (said += data));
  // One that does not come up is named below.
  const limit = setTimeout(() => child.kill("SIGKILL"), startLimitMs);
  await once(child, "close");
  clearTimeout(limit);
  const after = (word) => Number(new RegExp(`^${word} (\\d+)$`, "m").exec(said)?.[1]) - started;
  for (const word of asks === "" ? ["usable"] : ["usable", "answered"]) {
    if (Number.isNaN(after(word)))
      throw new Error(`Within ${startLimitMs} ms, the app did not become ${word}:\n${said}`);
  }
  return { usable: after("usable"), answered: after("answered") };
}

const line = (name, values) =>
  `${name.padEnd(40)} median ${Math.round(median(values))} ms   min ${Math.min(...values)}   max ${Math.max(...values)}`;

/** Prints how many times as long ours take as the plain ones. */
function compare(name, ours, plain) {
  const ratio = median(ours) / median(plain);
  const least = Math.min(...ours) / Math.min(...plain);
  console.log(`${name}: ratio of medians ${ratio.toFixed(2)}, of the shortest ${least.toFixed(2)} (${runs} rounds)`);
}

try {
  const hello = await packAlike("hello", async (app) => {
    await writeFile(join(app, "package.json"), JSON.stringify({ name: "hello" }));
    await writeFile(join(app, "hello.mjs"), helloMain);
  });
  const workbench = await packAlike("workbench", (app) => extractAll(join(packed, "resources", "app.asar"), app));
  const times = { helloFirst: [], helloSecond: [], first: [], firstAnswer: [], second: [], secondAnswer: [] };
  for (let run = 0; run <= runs; run += 1) {
    const plainHome = await newHome();
    const plain = await start(hello, "./hello.mjs", plainHome);
    const home = await newHome();
    const first = await start(workbench, "./out/main/main.js", home, questions[0]);
    const again = await start(hello, "./hello.mjs", plainHome);
    const second = await start(workbench, "./out/main/main.js", home, questions[1]);
    // The first round warms the disk cache.
    if (run === 0) continue;
    times.helloFirst.push(plain.usable);
    times.helloSecond.push(again.usable);
    times.first.push(first.usable);
    times.firstAnswer.push(first.answered);
    times.second.push(second.usable);
    times.secondAnswer.push(second.answered);
  }
  console.log(line("First start ever of hello world: usable", times.helloFirst));
  console.log(line("First start ever: usable message box", times.first));
  console.log(line("First start ever: R1 Nano has thought", times.firstAnswer));
  console.log(line("Later start of hello world: usable", times.helloSecond));
  console.log(line("Later start: usable message box", times.second));
  console.log(line("Later start: R1 Nano has thought", times.secondAnswer));
  compare("first start ever", times.first, times.helloFirst);
  compare("later start", times.second, times.helloSecond);
} finally {
  await rm(folder, { recursive: true, force: true });
}
