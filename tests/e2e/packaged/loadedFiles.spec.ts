import { execFile } from "node:child_process";
import { chmod, copyFile, mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, test } from "@playwright/test";
import { processTree } from "../support/appProcesses.ts";
import { filesOutside } from "../support/filesOutside.ts";
import { fileTracer, openedFiles } from "../support/openedFiles.ts";
import { lockedHome } from "../support/lockedHome.ts";
import { type OrdinaryUser, ordinaryUser } from "../support/ordinaryUser.ts";
import { answersIn, askPackaged } from "../support/packagedChat.ts";
import { showScreen } from "../support/packagedSteps.ts";
import { startPackaged } from "../support/startPackaged.ts";
import { builtPackages } from "./builtPackages.ts";

/*
 * Everything that the packaged app's processes open or run, with files planted where a program might look for its code:
 * in the folder that it is started in, in folders around it, and where variables of the environment point.
 */
const { folder } = builtPackages;
const run = promisify(execFile);
/** Any library will do: the question is whether it is loaded. */
const anyLibrary = "/usr/lib/x86_64-linux-gnu/libz.so.1";

test.skip(process.platform !== "linux" || process.arch !== "x64", "Packages are tried on Linux x64 only, so far.");

let user: OrdinaryUser;
let started: string;
let traceFile: string;

test.beforeEach(async () => {
  user = await ordinaryUser();
  started = join(user.home, "started here");
  traceFile = join(user.home, "trace");
  await plant();
});
test.afterEach(async () => {
  await user.forget();
});

/** Files that must not be loaded. */
async function plant(): Promise<void> {
  const broken = 'throw new Error("This was loaded from outside of the package.");\n';
  // The engine's libraries name these, and are looked for in the working folder too.
  const libraries = ["libvulkan.so.1", "libcudart.so.13", "libcublas.so.13", "libffmpeg.so", "libggml-base.so"];
  await mkdir(started);
  for (const name of libraries) await copyFile(anyLibrary, join(started, name));
  const databases = ["@photostructure/sqlite", "better-sqlite3-multiple-ciphers"];
  for (const name of ["supports-color", "node-llama-cpp", ...databases, "@node-llama-cpp/linux-x64-cuda"]) {
    const place = join(started, "node_modules", name);
    await mkdir(place, { recursive: true });
    await writeFile(join(place, "package.json"), JSON.stringify({ name, main: "index.js" }));
    await writeFile(join(place, "index.js"), broken);
  }
  for (const name of ["package.json", "app.asar", "r1.config.js"]) await writeFile(join(started, name), broken);
  await writeFile(join(started, "planted.js"), broken);
  await copyFile(anyLibrary, join(user.home, "libpreloaded.so"));
  for (const path of [started, user.home]) await run("chmod", ["-R", "a+rX", path]);
  await writeFile(traceFile, "");
  await chmod(traceFile, 0o666);
}

/** Variables by which Node and Electron load other code, unless the package forbids it. */
const misleading = (): Record<string, string> => ({
  NODE_OPTIONS: `--require "${join(started, "planted.js")}"`,
  NODE_PATH: join(started, "node_modules"),
  ELECTRON_RUN_AS_NODE: "1",
  ELECTRON_OVERRIDE_DIST_PATH: started,
});

const judged = async (): Promise<string[]> =>
  filesOutside(await openedFiles(traceFile), { app: folder, home: join(user.home, "r1"), user: user.home });

test("the packaged app loads nothing from outside of its folder but the system's libraries", async () => {
  const home = join(user.home, "r1");
  const inFolder = ["env", "--chdir", started];
  const command = [...user.prefix, ...inFolder, ...fileTracer(traceFile, misleading()), join(folder, "r1-workbench")];
  const app = await startPackaged(command, user.env);
  try {
    await askPackaged(app, home, "What is 17 + 25?");
    await expect.poll(() => answersIn(home), { timeout: 60_000 }).toEqual([expect.stringContaining("42")]);
    // What it says of the machine comes from the backends, each of which is probed.
    await showScreen(app, "ctrl+3", "Hardware");
    await expect.poll(() => readFile(join(home, "engine-probes.json"), "utf8").catch(() => "")).toContain("cuda");
    await app.press("ctrl+q");
    await app.ended;
  } finally {
    for (const id of processTree(app.processId)) if (id !== app.processId) process.kill(id, "SIGKILL");
    await app.close();
  }
  const opened = (await openedFiles(traceFile)).map(({ path }) => path);
  // The trace has the main process, the page's, the engine's and the probe of Vulkan.
  for (const name of ["app.asar", "v8_context_snapshot.bin", "out/engine/engine.js", "libggml-vulkan.so"]) {
    expect(
      opened.filter((path) => path.startsWith(folder) && path.endsWith(name)),
      name,
    ).not.toEqual([]);
  }
  expect(await judged()).toEqual([]);
});

test("nor does r1, and a library that is loaded from elsewhere is noticed", async () => {
  const passphraseFile = await lockedHome(user, folder, "okapi");
  const chat = [join(folder, "r1"), "chat", "--json", "--seed", "1", "What is 17 + 25?"];
  const inFolder = [...user.prefix, "env", "--chdir", started];
  const traced = async (variables: Record<string, string>, command = chat): Promise<string> => {
    const [file = "", ...args] = [...inFolder, ...fileTracer(traceFile, variables), ...command];
    return (await run(file, args, { env: user.env })).stdout;
  };
  expect((JSON.parse(await traced(misleading())) as { answer: string }).answer).toContain("42");
  expect(await judged()).toEqual([]);

  const encrypted = [join(folder, "r1"), "chats", "--json", "--passphrase-file", passphraseFile];
  expect(await traced(misleading(), encrypted)).toContain("okapi");
  const opened = (await openedFiles(traceFile)).map(({ path }) => path);
  expect(
    opened.filter((path) => path.endsWith("better-sqlite3-multiple-ciphers/prebuilds/linux-x64.node")),
  ).not.toEqual([]);
  expect(await judged()).toEqual([]);

  const preloaded = join(user.home, "libpreloaded.so");
  await traced({ LD_PRELOAD: preloaded });
  expect(await judged()).toEqual([`${preloaded}: code from outside`]);
});
