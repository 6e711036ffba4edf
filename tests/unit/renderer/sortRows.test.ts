import { expect, test } from "vitest";
import { sortRows } from "../../../renderer/features/chats/markdown/sortRows.ts";

const sorted = (column: string[], order: "ascending" | "descending" = "ascending", language = "en"): string[] =>
  sortRows(column, order, language).map((index) => column[index] ?? "");

test.each([
  ["whole numbers", ["10", "9", "100", "-1", "−2"], ["−2", "-1", "9", "10", "100"]],
  ["thousands", ["1,234", "999", "12,000", "1,000,000"], ["999", "1,234", "12,000", "1,000,000"]],
  ["decimal commas", ["1,5", "1,25", "10"], ["1,25", "1,5", "10"]],
  ["points between thousands", ["1.234,5", "2,5", "999,9"], ["2,5", "999,9", "1.234,5"]],
  ["units, per cent and currencies", ["$1,200.50", "€3", "12 %", "4 GB"], ["€3", "4 GB", "12 %", "$1,200.50"]],
  ["powers", ["1e3", "2.5E-2", "7"], ["2.5E-2", "7", "1e3"]],
  ["formulas", ["$10$", "$2$", "$-3$"], ["$-3$", "$2$", "$10$"]],
])("numbers are sorted as numbers: %s", (_, column, expected) => {
  expect(sorted(column)).toEqual(expected);
  expect(sorted(column, "descending")).toEqual([...expected].reverse());
});

test("words are sorted as the language orders them, and numbers in them by their value", () => {
  expect(sorted(["zebra", "Äpfel", "apple"], "ascending", "de")).toEqual(["Äpfel", "apple", "zebra"]);
  expect(sorted(["zèbre", "élan", "eau"], "ascending", "fr")).toEqual(["eau", "élan", "zèbre"]);
  expect(sorted(["item 10", "item 9", "Item 1"])).toEqual(["Item 1", "item 9", "item 10"]);
  expect(sorted(["v10", "v9"])).toEqual(["v9", "v10"]);
});

test("numbers come before words, empty cells last in either order, and equal rows keep their order", () => {
  expect(sorted(["b", "", "3", "a", "1"])).toEqual(["1", "3", "a", "b", ""]);
  expect(sorted(["b", "", "3", "a", "1"], "descending")).toEqual(["b", "a", "3", "1", ""]);
  expect(sortRows(["1", "1.0", "01"], "ascending", "en")).toEqual([0, 1, 2]);
  expect(sortRows(["1", "1.0", "01"], "descending", "en")).toEqual([0, 1, 2]);
});

test("hostile cells take no time", () => {
  const column = [
    "1".repeat(10_000),
    `${"1,".repeat(5_000)}x`,
    " ".repeat(10_000),
    "-".repeat(10_000),
    "$".repeat(10_000),
    `$${" ".repeat(600)}x`,
    "$ ".repeat(5_000),
  ];
  expect(sorted(column)).toHaveLength(column.length);
});
