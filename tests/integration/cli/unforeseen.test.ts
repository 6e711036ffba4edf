import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import { runR1 } from "../../support/cli/runR1.ts";
import { temporaryFolder } from "../../support/temporaryFolder.ts";

const failInside = fileURLToPath(new URL("../../support/cli/failInside.cjs", import.meta.url));

it("an unexpected failure prints an id on the terminal; the stack is in the log", async () => {
  const home = join(await temporaryFolder(), "home");
  const options = { home, env: { NODE_OPTIONS: `--require "${failInside}"` } };
  const { status, stdout, stderr } = await runR1(["profile"], options);
  expect(status).toBe(1);
  expect(stdout).toBe("");
  const id = /Error id: ([0-9A-Z]{4}-[0-9A-Z]{4})\./.exec(stderr)?.[1];
  if (id === undefined) throw new Error(`No id in: ${stderr}`);
  expect(stderr).not.toMatch(/TypeError|failInside|foresaw/);

  const inJson = await runR1(["profile", "--json"], options);
  expect(JSON.parse(inJson.stdout)).toEqual({
    error: {
      code: "internal",
      facts: { faultId: expect.any(String) },
      message: expect.stringMatching(/^Something unexpected went wrong\. Error id: /),
    },
  });
  const path = join(home, "logs", "faults.log");
  const log = readFileSync(path, "utf8");
  expect(log).toContain(id);
  expect(log).toContain("TypeError: nobody foresaw this in /");
  expect(log).toContain("failInside.cjs");
  expect(statSync(path).mode & 0o777).toBe(0o600);
});
