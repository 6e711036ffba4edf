import { execFileSync } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { faultIdPattern, newFaultId } from "../../../electron/contract/faultId.ts";
import { toError, toProblem, WorkbenchError } from "../../../electron/contract/errors.ts";
import { FaultLog } from "../../../electron/workbench/faults/FaultLog.ts";
import { showProblems } from "../../../electron/workbench/faults/showProblems.ts";
import { withoutPlaces } from "../../../electron/workbench/faults/withoutPlaces.ts";

let home: string;
let path: string;
let faults: FaultLog;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), "fault log "));
  path = join(home, "logs", "faults.log");
  faults = new FaultLog(home);
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

const log = (): string => readFileSync(path, "utf8");

it("an unexpected failure shows an id, and the log has its stack under that id", () => {
  const error = new TypeError("Cannot read properties of undefined (reading 'length')");
  const shown = faults.shownError(error);
  expect(shown.code).toBe("internal");
  expect(shown.faultId).toMatch(faultIdPattern);
  expect(shown.facts).toEqual({ faultId: shown.faultId });
  expect(shown.detail).toBeUndefined();
  expect(JSON.stringify(shown)).not.toMatch(/TypeError|length|faultLog\.test/);
  expect(log()).toContain(`${shown.faultId} internal`);
  expect(log()).toContain("TypeError: Cannot read");
  expect(log()).toContain("faultLog.test.ts");
  // Passed on further, it keeps its id, and the same fault is logged only once.
  expect(faults.shownError(toError(shown))).toEqual(shown);
  expect(faults.shownError(error)).toEqual(shown);
  expect(log().match(/TypeError/g)).toHaveLength(1);
});

it("a foreseen failure keeps its facts and its detail, without the folders", () => {
  const plain = {
    code: "hub-refused",
    facts: { case: "status", status: 403 },
    detail: "HTTP 403 from https://hub.example/api/models/a/b",
  } as const;
  expect(faults.shown(plain)).toBe(plain);
  expect(existsSync(path)).toBe(false);
  const detail = `EACCES: permission denied, open '${home}/store/chats.db'\n    at open (node:fs:1:2)`;
  const shown = faults.shownError(new WorkbenchError("store-failed", undefined, detail));
  expect(shown).toMatchObject({ code: "store-failed" });
  expect(shown.detail).toBe("EACCES: permission denied, open '<home>/store/chats.db'");
  expect(log()).toContain(shown.faultId);
  expect(log()).toContain("at open (node:fs:1:2)");
});

it.each([
  ["open '/home/ann/My Models/a b.gguf'", "open 'a b.gguf'"],
  ["failed to load /home/ann/models/a.gguf: bad magic", "failed to load a.gguf: bad magic"],
  ["C:\\Users\\Ann\\models\\a.gguf is gone", "a.gguf is gone"],
  ["file:///opt/app/out/main/main.js:3:4", "main.js:3:4"],
  ["TypeError: x\n    at f (/opt/app/main.js:3:4)\n    at async g (node:internal/x:1:2)", "TypeError: x"],
  ["HTTP 403 from https://hub.example/api/models/a/b", "HTTP 403 from https://hub.example/api/models/a/b"],
  ["12 tokens/s and/or 3 MB/s, unsloth/Model-GGUF", "12 tokens/s and/or 3 MB/s, unsloth/Model-GGUF"],
])("for %j, the page sees %j", (detail, shown) => {
  expect(withoutPlaces(detail)).toBe(shown);
});

it("finds the problems in any data sent to the page, and leaves the rest unchanged", () => {
  const problem = toProblem(new Error("secret stack"));
  const sound = { id: "m1", stats: { speedSamples: [1, 2] }, bytes: new Uint8Array(3) };
  const frame = { kind: "ended", messages: [sound, { id: "m2", problem }], state: { problem: null } };
  const shown = showProblems(frame, (found) => faults.shown(found));
  expect(shown.messages[0]).toBe(sound);
  expect(JSON.stringify(shown)).not.toContain("secret stack");
  expect(shown.messages[1]).toMatchObject({ id: "m2", problem: { code: "internal" } });
  expect(showProblems(sound, () => problem)).toBe(sound);
});

it("the log is private and limited, and no link or pipe in its place is written through", () => {
  for (let round = 0; round < 300; round++) faults.add(`${round} ${"x".repeat(20_000)}`);
  expect(statSync(path).mode & 0o777).toBe(0o600);
  expect(statSync(join(home, "logs")).mode & 0o777).toBe(0o700);
  expect(statSync(path).size + statSync(`${path}.old`).size).toBeLessThan(2_100_000);
  expect(log()).toContain("299 xxx");

  const elsewhere = join(home, "elsewhere");
  writeFileSync(elsewhere, "");
  rmSync(path);
  symlinkSync(elsewhere, path);
  faults.add("through a link");
  expect(readFileSync(elsewhere, "utf8")).toBe("");
  rmSync(path);
  execFileSync("mkfifo", [path]);
  faults.add("into a pipe");
  rmSync(path);
  mkdirSync(path);
  faults.add("into a folder");
});

it("ids are easy to distinguish and do not collide", () => {
  const ids = Array.from({ length: 1000 }, newFaultId);
  expect(new Set(ids).size).toBe(1000);
  for (const id of ids) expect(id).toMatch(faultIdPattern);
});
