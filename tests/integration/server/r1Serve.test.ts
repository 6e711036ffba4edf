import { once } from "node:events";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { serveR1 } from "../../support/cli/serveR1.ts";
import { runR1 } from "../../support/cli/runR1.ts";
import { temporaryFolder } from "../../support/temporaryFolder.ts";

const statusWith = async (url: string, key: string): Promise<number> =>
  (await fetch(`${url}/health`, { headers: { authorization: `Bearer ${key}` } })).status;

test("r1 serve makes a key for each run, or takes the one that it is given, and writes neither to the disk", async () => {
  const home = await temporaryFolder();
  const made = await serveR1(home);
  expect(await statusWith(made.url, made.key)).toBe(200);
  expect(await statusWith(made.url, `${made.key}x`)).toBe(401);
  const given = await serveR1(home, { env: { R1_API_KEY: "a-key-of-my-own-0123456789" } });
  expect(given.key).toBe("a-key-of-my-own-0123456789");
  expect(await statusWith(given.url, given.key)).toBe(200);
  expect(await statusWith(given.url, made.key)).toBe(401);
  for (const { child } of [made, given]) {
    child.kill("SIGINT");
    expect(await once(child, "exit")).toEqual([130, null]);
  }
  for (const name of readdirSync(home, { recursive: true, withFileTypes: true })) {
    if (!name.isFile()) continue;
    const text = readFileSync(join(name.parentPath, name.name));
    for (const { key } of [made, given]) expect(text.includes(key), name.name).toBe(false);
  }
});

test("a port that is taken is said, and no other one is used", async () => {
  const home = await temporaryFolder();
  const { url } = await serveR1(home);
  const port = new URL(url).port;
  const { status, stdout } = await runR1(["serve", "--port", port, "--json"], { home });
  expect(status).toBe(1);
  expect(JSON.parse(stdout)).toMatchObject({ error: { code: "api-server-not-started", facts: { case: "portInUse" } } });
});

test("a key that cannot be sent or is too short for a network, and a port that does not exist, are refused", async () => {
  const home = await temporaryFolder();
  const { status } = await runR1(["serve", "--port", "70000"], { home });
  expect(status).toBe(2);
  expect((await runR1(["serve", "--json"], { home, env: { R1_API_KEY: "two words" } })).status).toBe(2);
  const short = { home, env: { R1_API_KEY: "easily-guessed" } };
  expect((await runR1(["serve", "--json", "--host", "0.0.0.0"], short)).stdout).toContain("apiKeyShort");
  expect((await runR1(["serve", "--json", "--host", "192.0.2.1"], { home })).stdout).toContain("noAddress");
});
