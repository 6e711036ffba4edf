import { realpathSync } from "node:fs";
import { getPriority } from "node:os";
import { dirname } from "node:path";
import { expect, test } from "vitest";
import { runChild, type RunChildOptions } from "../../../electron/workbench/children/runChild.ts";

const options = { env: { PATH: process.env["PATH"] }, limitMs: 20_000, maxBytes: 1_000_000 };

function run(source: string, limits: Partial<RunChildOptions> = {}) {
  return runChild(process.execPath, ["-e", source], { ...options, ...limits });
}

test("the outcome has a program's output, errors and exit code", async () => {
  const outcome = await run("process.stdout.write('é'); process.stderr.write('oh'); process.exitCode = 3");
  expect(outcome).toEqual({
    stdout: "é",
    lastWords: "oh",
    code: 3,
    signal: null,
    timedOut: false,
    startError: null,
  });
});

test("a program that takes too long is killed, and the outcome says so", async () => {
  const outcome = await run("setInterval(() => {}, 1000)", { limitMs: 100 });
  expect(outcome).toMatchObject({ code: null, signal: "SIGKILL", timedOut: true });
});

test("a program is killed when it is no longer wanted, also if that was before it started", async () => {
  const stop = new AbortController();
  const running = run("setInterval(() => {}, 1000)", { signal: stop.signal });
  stop.abort();
  expect(await running).toMatchObject({ signal: "SIGKILL", timedOut: false });
  expect(await run("setInterval(() => {}, 1000)", { signal: stop.signal })).toMatchObject({ signal: "SIGKILL" });
});

test("a program that yields lets others go first", async () => {
  // It prints its priority as soon as it is lower than ours.
  const source = `const look = () => {
    const priority = require("os").getPriority();
    if (priority > ${getPriority()}) process.stdout.write(String(priority)); else setImmediate(look);
  }; look()`;
  expect(Number((await run(source, { yields: true })).stdout)).toBeGreaterThan(getPriority());
});

test("a program that prints too much is killed, and what was within the limit is kept", async () => {
  const outcome = await run("const more = () => process.stdout.write('x'.repeat(1000), more); more()", {
    maxBytes: 5_000,
  });
  expect(outcome).toMatchObject({ signal: "SIGKILL", timedOut: false });
  expect(outcome.stdout.length).toBeLessThanOrEqual(5_000);
});

test("a program that does not exist is reported as not started", async () => {
  const outcome = await runChild("/nowhere/at/all", [], options);
  expect(outcome.startError?.message).toContain("ENOENT");
  expect(outcome.code).toBeNull();
});

test("it does not work in the folder that the app was started in, from which libraries would be loaded", async () => {
  const before = process.cwd();
  const { stdout } = await run("process.stdout.write(process.cwd())");
  expect(stdout).toBe(realpathSync(dirname(process.execPath)));
  expect(stdout).not.toBe(before);
});
