import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";
import { isHomeInUse } from "../../../electron/workbench/home/homeUse.ts";
import { runR1 } from "../../support/cli/runR1.ts";

const work = mkdtempSync(join(tmpdir(), "r1-home-"));
afterAll(() => rmSync(work, { recursive: true, force: true }));
const file = join(work, "file");
writeFileSync(file, "");

const commands = [["chat", "hi"], ["chat"], ["models"], ["inspect", file], ["fit", "r1-nano"], ["tune", "--undo"]];
const homes = [file, join(file, "below", "it"), ...(process.platform === "linux" ? ["/proc/x", "/proc/x/y"] : [])];

it.each(homes)("a home that cannot be created (%s) makes every command fail at once, with a code", async (home) => {
  for (const command of commands) {
    const { status, stdout, stderr } = await runR1([...command, "--json"], { home, input: "hi" });
    expect({ status, stderr, answer: JSON.parse(stdout) as unknown }).toEqual({
      status: 1,
      stderr: "",
      answer: {
        error: {
          code: "home-not-made",
          facts: expect.objectContaining({ folder: home }),
          message: expect.stringContaining(home),
          // In the system's words.
          detail: expect.any(String),
        },
      },
    });
  }
  const { status, stdout, stderr } = await runR1(["models"], { home });
  expect({ status, stdout }).toEqual({ status: 1, stdout: "" });
  expect(stderr).toMatch(
    /^r1: The app’s folder .+ cannot be created: .+\. .+ R1_WORKBENCH_HOME to another folder\.\n$/,
  );
  const inFrench = await runR1(["models"], {
    home,
    env: { LC_ALL: "", LC_MESSAGES: "fr_CA.UTF-8", LANG: "en_US.UTF-8" },
  });
  expect(inFrench.stderr).toMatch(
    /^r1: Le dossier de l’application .+ ne peut pas être créé\s: .+\. .+ dans R1_WORKBENCH_HOME\.\n$/,
  );
  const forPrograms = await runR1(["models", "--json"], { home, env: { LC_ALL: "fr_FR.UTF-8" } });
  expect(forPrograms.stdout).toContain("cannot be created");
});

it("a home that is being erased is not opened, so that nothing is written to it again", async () => {
  const home = join(work, "erasing");
  mkdirSync(home);
  writeFileSync(join(home, "erasing.json"), "{}");
  const { status, stdout } = await runR1(["models", "--json"], { home });
  expect(status).toBe(1);
  expect(JSON.parse(stdout)).toMatchObject({ error: { code: "erase-blocked", facts: { case: "begun" } } });
  expect(existsSync(join(home, "models"))).toBe(false);
  expect(existsSync(join(home, "store"))).toBe(false);
});

it.skipIf(process.platform === "win32")("while a command uses a home, that is not erased", async () => {
  const home = join(work, "used");
  const inUse: boolean[] = [];
  const { status } = await runR1(["bench", "-p", "16", "-n", "512", "-r", "300"], {
    home,
    once: [
      /^pp16: /m,
      (child) => {
        inUse.push(isHomeInUse(home));
        child.kill("SIGINT");
      },
    ],
  });
  inUse.push(isHomeInUse(home));
  expect({ status, inUse }).toEqual({ status: 130, inUse: [true, false] });
});
