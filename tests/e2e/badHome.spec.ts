import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "@playwright/test";
import { launchCommand } from "./support/launchApp.ts";

test("if the home cannot be created, the app says so and exits with status 1", async () => {
  const folder = await mkdtemp(join(tmpdir(), "r1-workbench-e2e-"));
  const file = join(folder, "file");
  await writeFile(file, "");
  const homes = [join(file, "home"), ...(process.platform === "linux" ? ["/proc/x"] : [])];
  try {
    for (const home of homes) expect(await refusal(home)).toContain(`The app’s folder ${home} cannot be created: `);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});

test("a file where the running app's lock should be is not mistaken for a running app", async () => {
  test.skip(process.platform === "win32", "Windows has another lock.");
  const home = await mkdtemp(join(tmpdir(), "r1-workbench-e2e-"));
  const lock = join(home, "SingletonLock");
  await writeFile(lock, "");
  try {
    expect(await refusal(home)).toContain(lock);
  } finally {
    await rm(home, { recursive: true, force: true });
  }
});

/** Returns the output of an app that exits with status 1 before it has a window. */
async function refusal(home: string): Promise<string> {
  const { command, args, env } = launchCommand(home);
  const app = spawn(command, args, { env, stdio: ["ignore", "ignore", "pipe"] });
  let said = "";
  app.stderr.setEncoding("utf8").on("data", (text: string) => {
    said += text;
  });
  const [status] = (await once(app, "close")) as [number | null];
  expect(status).toBe(1);
  return said;
}
