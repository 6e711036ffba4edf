import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { promisify } from "node:util";
import { createPackage, extractAll } from "@electron/asar";
import type { Reach } from "./abuseCalls.ts";
import type { OrdinaryUser } from "./ordinaryUser.ts";

export interface DrivenPackage extends Reach {
  /** Where it is. */
  folder: string;
  /** What it has written to its standard error, for a failure's report. */
  said(): string;
  close(): Promise<void>;
}

export interface DrivenOptions {
  /** The unpacked folder that `npm run package` built. */
  folder: string;
  user: OrdinaryUser;
  /** Files of the app's archive that another build would have, by their path. */
  files?: Record<string, string>;
}

const run = promisify(execFile);

/** Runs what it is asked in the page or in the main process, and starts the app's own main file. */
const driver = `
import * as electron from "electron";
import { createInterface } from "node:readline";
import { runInThisContext } from "node:vm";
const say = (message) => process.stdout.write(JSON.stringify(message) + "\\n");
let own = null;
electron.app.once("browser-window-created", (_event, window) => {
  own = window;
  window.webContents.once("did-finish-load", () => say({ id: 0, value: null }));
});
const works = {
  page: (text, given) => own.webContents.executeJavaScript("(" + text + ")(" + JSON.stringify(given) + ")"),
  main: (text, given) => runInThisContext("(" + text + ")")(electron, given),
};
createInterface({ input: process.stdin }).on("line", async (line) => {
  const { id, where, text, given } = JSON.parse(line);
  try {
    say({ id, value: await works[where](text, given) });
  } catch (error) {
    say({ id, error: String(error?.stack ?? error) });
  }
});
await import("./out/main/main.js");
`;

/**
 * Starts a copy of the packaged app, the same binary with the same fuses, as an ordinary user in Chromium's sandbox. Its
 * archive has one file more, through which a test can do what only code inside of the app could.
 */
export async function drivenPackage({ folder, user, files = {} }: DrivenOptions): Promise<DrivenPackage> {
  const place = await mkdtemp(join(tmpdir(), "r1-workbench-driven-"));
  await run("chmod", ["755", place]);
  const copy = join(place, "app");
  await run("cp", ["-a", folder, copy]);
  const archive = join(copy, "resources", "app.asar");
  const parts = join(place, "archive");
  await mkdir(parts);
  extractAll(archive, parts);
  const manifest = JSON.parse(await readFile(join(parts, "package.json"), "utf8")) as object;
  const all = { ...files, "driver.mjs": driver, "package.json": JSON.stringify({ ...manifest, main: "driver.mjs" }) };
  for (const [path, text] of Object.entries(all)) await writeFile(join(parts, path), text);
  await createPackage(parts, archive);
  await rm(parts, { recursive: true });

  const app = spawn("env", [...user.prefix, join(copy, "r1-workbench")], {
    env: user.env,
    stdio: ["pipe", "pipe", "pipe"],
  });
  const ended = once(app, "close");
  let said = "";
  app.stderr.setEncoding("utf8").on("data", (text: string) => (said = (said + text).slice(-20_000)));
  type Answer = { id: number; value?: unknown; error?: string };
  const waiting = new Map<number, (answer: Answer) => void>();
  const answerTo = (id: number): Promise<Answer> => new Promise((resolve) => waiting.set(id, resolve));
  createInterface({ input: app.stdout }).on("line", (line) => {
    const answer = JSON.parse(line) as Answer;
    waiting.get(answer.id)?.(answer);
    waiting.delete(answer.id);
  });
  const gone = ended.then((): Answer => ({ id: 0, error: `The packaged app has ended:\n${said}` }));
  const isShown = await Promise.race([answerTo(0), gone]);
  if (isShown.error !== undefined) throw new Error(isShown.error);
  let count = 0;
  const ask = async (where: "page" | "main", work: unknown, given: unknown): Promise<never> => {
    const id = ++count;
    app.stdin.write(`${JSON.stringify({ id, where, text: String(work), given })}\n`);
    const { value, error } = await Promise.race([answerTo(id), gone]);
    if (error !== undefined) throw new Error(error);
    return value as never;
  };
  return {
    folder: copy,
    inPage: (work, given) => ask("page", work, given),
    inMain: (work, given) => ask("main", work, given),
    said: () => said,
    close: async () => {
      app.kill("SIGTERM");
      await ended;
      await rm(place, { recursive: true, force: true, maxRetries: 3 });
    },
  };
}
