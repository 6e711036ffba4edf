import { expect, it } from "vitest";
import { pageRanges } from "../../../electron/cli/pageRanges.ts";

it.each([
  ["3", [{ first: 3, last: 3 }]],
  [
    "1-5, 8",
    [
      { first: 1, last: 5 },
      { first: 8, last: 8 },
    ],
  ],
])("reads pages as print dialogs take them: %s", (given, ranges) => {
  expect(pageRanges(given)).toEqual(ranges);
});

it.each(["", "0", "5-3", "a", "1-", "-2", "1,,2", "99999999"])("refuses %j", (given) => {
  expect(() => pageRanges(given)).toThrow(expect.objectContaining({ code: "usage" }));
});
