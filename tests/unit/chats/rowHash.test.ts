import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import { columnsOf, hashOf, isIntact, type MessageRow } from "../../../electron/workbench/chats/messageRow.ts";

const row: MessageRow = {
  id: "m1",
  chatId: "c1",
  parentId: null,
  role: "user",
  createdAt: 1_700_000_000_000,
  text: '"kept"',
  thought: null,
  state: "done",
  model: null,
  stats: null,
  problem: null,
  owner: null,
  summary: null,
};
const stored = (hash: Uint8Array, more: object = {}) => ({ ...row, hash, ...more });

test("a hash states its version, and the columns of a version never change", () => {
  expect(Buffer.from(hashOf(row)).toString("hex")).toBe("0208cb40de3ef4ab95becd71bd85b4d271");
  expect(isIntact(stored(hashOf(row)))).toBe(true);
  expect(isIntact(stored(hashOf(row), { createdAt: 1_700_000_000_000n }))).toBe(true);
});

test("a row that was written before there were summaries is still intact", () => {
  const hash = Buffer.from("0127b2566104cd13018ea5d98300f3078b", "hex");
  expect(isIntact(stored(hash))).toBe(true);
  expect(isIntact(stored(hash, { owner: "x" }))).toBe(false);
});

test("a row that an earlier release wrote, with sixteen bytes and no version, is still intact", () => {
  const digest = createHash("sha256")
    .update(JSON.stringify(columnsOf(row).slice(0, -1)))
    .digest()
    .subarray(0, 16);
  expect(isIntact(stored(digest))).toBe(true);
  expect(isIntact(stored(digest, { text: '"kepT"' }))).toBe(false);
});

test("a column that a later release adds does not make rows count as damaged", () => {
  expect(isIntact(stored(hashOf(row), { attachments: "[]" }))).toBe(true);
});

test.each([
  ["a changed column", stored(hashOf(row), { owner: "x" })],
  ["a changed summary", stored(hashOf({ ...row, summary: "{}" }), { summary: "[]" })],
  ["a changed digest", stored(Buffer.concat([Buffer.of(1), Buffer.alloc(16)]))],
  ["an unknown version", stored(Buffer.concat([Buffer.of(9), Buffer.from(hashOf(row)).subarray(1)]))],
  ["no version", stored(Buffer.concat([Buffer.of(0), Buffer.from(hashOf(row)).subarray(1)]))],
  ["a hash that is too long", stored(Buffer.concat([Buffer.of(1), hashOf(row)]))],
  ["an empty hash", stored(new Uint8Array())],
  ["no hash", { ...row, hash: null }],
])("%s is damage", (_what, damaged) => {
  expect(isIntact(damaged)).toBe(false);
});
