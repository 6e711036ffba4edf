import { expect, test } from "vitest";
import { rowsWithActive } from "../../../renderer/features/chats/rowsWithActive.ts";

test.each([
  ["above the visible rows", 2, [2, 10, 11, 12]],
  ["below them", 30, [10, 11, 12, 30]],
  ["one of them", 11, [10, 11, 12]],
  ["missing", -1, [10, 11, 12]],
  ["of a list that has become shorter", 50, [10, 11, 12]],
])("a row is rendered while it is active: %s", (_, active, rows) => {
  expect(rowsWithActive({ startIndex: 10, endIndex: 12, overscan: 0, count: 50 }, active)).toEqual(rows);
});
