import { appendFile, readFile, stat, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { Connection } from "../../../electron/contract/network.ts";
import { Ledger } from "../../../electron/workbench/network/Ledger.ts";
import { temporaryFolder } from "../../support/temporaryFolder.ts";

const connection = (id: string, change: Partial<Connection> = {}): Connection => ({
  id,
  startedAt: 1000,
  countedAt: 1000,
  host: "huggingface.co",
  proxy: null,
  reason: { code: "search", facts: { words: "r1" } },
  connections: 1,
  requests: 1,
  sentBytes: 100,
  receivedBytes: 2000,
  outcome: "done",
  failure: null,
  ...change,
});

test("the newest come first, and the last that is known of each counts, also from another process", async () => {
  const home = await temporaryFolder();
  const [ledger, other] = [new Ledger(home), new Ledger(home)];
  ledger.add(connection("a", { outcome: "open" }));
  other.add(connection("b", { startedAt: 2000 }));
  ledger.add(connection("a", { sentBytes: 300 }));
  const { connections, total } = await ledger.list(10);
  expect(connections.map(({ id, sentBytes, outcome }) => [id, sentBytes, outcome])).toEqual([
    ["b", 100, "done"],
    ["a", 300, "done"],
  ]);
  expect(total).toBe(2);
  expect(await other.list(1)).toMatchObject({ connections: [{ id: "b" }], total: 2 });
});

test("one that nobody has counted for a minute was interrupted", async () => {
  const ledger = new Ledger(await temporaryFolder());
  ledger.add(connection("a", { outcome: "open", countedAt: 50_000 }));
  expect(await ledger.list(1, 100_000)).toMatchObject({ connections: [{ outcome: "open" }] });
  expect(await ledger.list(1, 200_000)).toMatchObject({ connections: [{ outcome: "interrupted" }] });
});

test("damaged and hostile lines cost no other", async () => {
  const home = await temporaryFolder();
  const ledger = new Ledger(home);
  ledger.add(connection("a"));
  const hostile = ["{", "[]", "null", '{"id":"x"}', JSON.stringify({ ...connection("y"), outcome: "<b>" }), "\u0000"];
  await appendFile(join(home, "connections.jsonl"), `${hostile.join("\n")}\n`);
  ledger.add(connection("b"));
  expect((await ledger.list(10)).connections.map(({ id }) => id).toSorted()).toEqual(["a", "b"]);
});

test("the file is the user's own, has a bounded size, and keeps the newest", async () => {
  const home = await temporaryFolder();
  const ledger = new Ledger(home);
  const words = "x".repeat(300);
  for (let at = 0; at < 6000; at++) {
    ledger.add(connection(String(at), { startedAt: at, reason: { code: "search", facts: { words } } }));
  }
  const sizes = await Promise.all(["connections.jsonl", "connections.jsonl.old"].map((name) => stat(join(home, name))));
  expect(sizes.reduce((sum, { size }) => sum + size, 0)).toBeLessThan(2_100_000);
  for (const { mode } of sizes) expect(mode & 0o077).toBe(0);
  expect((await ledger.list(1)).connections).toMatchObject([{ id: "5999" }]);
});

test("a link in its place is not followed, and clearing deletes both files", async () => {
  const home = await temporaryFolder();
  const outside = join(await temporaryFolder(), "other.txt");
  await writeFile(outside, "other\n");
  await symlink(outside, join(home, "connections.jsonl"));
  const ledger = new Ledger(home);
  ledger.add(connection("a"));
  expect(await readFile(outside, "utf8")).toBe("other\n");
  expect(await ledger.list(10)).toEqual({ connections: [], total: 0 });
  await ledger.clear();
  ledger.add(connection("b"));
  expect(await ledger.list(10)).toMatchObject({ total: 1 });
  await ledger.clear();
  expect(await ledger.list(10)).toEqual({ connections: [], total: 0 });
});
