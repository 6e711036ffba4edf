import { execFile } from "node:child_process";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, test } from "@playwright/test";
import { ask, replies } from "../support/chatSteps.ts";
import { launchPackaged } from "../support/launchPackaged.ts";

const root = fileURLToPath(new URL("../../..", import.meta.url));
const folder = join(root, "release", "linux-unpacked");
const run = promisify(execFile);

test.skip(process.platform !== "linux" || process.arch !== "x64", "Packages are built on Linux x64 only, so far.");

test.beforeAll(async () => {
  test.setTimeout(180_000);
  await run(process.execPath, [join(root, "scripts", "package.mjs"), "--dir"]);
});

test("the packaged app answers a question with R1 Nano", async () => {
  const app = await launchPackaged(join(folder, "r1-workbench"), test.info().outputPath("home"));
  try {
    await ask(app.page, "What is 17 + 25?");
    await expect(replies(app.page).last().getByTestId("answer")).toContainText("42");
  } finally {
    await app.close();
  }
});

test("the packaged r1 command answers without Electron", async () => {
  const env = { ...process.env, R1_WORKBENCH_HOME: test.info().outputPath("home") };
  const { stdout } = await run(join(folder, "r1"), ["chat", "--json", "--seed", "1", "What is 17 + 25?"], { env });
  expect((JSON.parse(stdout) as { answer: string }).answer).toContain("42");
});
