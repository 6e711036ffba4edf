import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { beginSession } from "../../../electron/main/sessionMark.ts";

let home: string;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), "r1-session-"));
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

test("a session that was closed leaves no mark; one that was not is told once, with when it began", () => {
  const first = beginSession(home, "1.0.0", 1000);
  expect(first.crashed).toBeNull();
  first.end();
  expect(existsSync(join(home, "session.json"))).toBe(false);
  expect(beginSession(home, "1.0.0", 1000).crashed).toBeNull();
  // That one is killed.
  const after = beginSession(home, "1.0.1", 1003);
  expect(after.crashed).toMatchObject({ version: "1.0.0" });
  expect(Date.parse(after.crashed?.startedAt ?? "")).toBeGreaterThan(0);
  after.end();
  expect(beginSession(home, "1.0.1", 1000).crashed).toBeNull();
});

test("a machine that was restarted since, as after a power failure, is no crash; nor is a mark that is none", () => {
  beginSession(home, "1.0.0", 1000);
  expect(beginSession(home, "1.0.0", 5000).crashed).toBeNull();
  writeFileSync(join(home, "session.json"), "{");
  expect(beginSession(home, "1.0.0", 5000).crashed).toBeNull();
  expect(JSON.parse(readFileSync(join(home, "session.json"), "utf8"))).toMatchObject({ bootedAt: 5000 });
});
