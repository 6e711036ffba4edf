import { expect, test } from "vitest";
import { tableCsv, tableTsv } from "../../../renderer/features/chats/markdown/tableText.ts";

test("CSV follows RFC 4180: lines end with CR LF, and what needs it is quoted", () => {
  const rows = [
    ["name", "words"],
    ['say "hello"', "a, b"],
    ["two\nlines", " plain "],
    ["", "é 数"],
  ];
  expect(tableCsv(rows)).toBe('name,words\r\n"say ""hello""","a, b"\r\n"two\nlines",plain\r\n,é 数\r\n');
});

test("for a spreadsheet, cells are separated by tabs, and have no line break", () => {
  expect(
    tableTsv([
      ["a\tb", "two\nlines"],
      ["1", "2"],
    ]),
  ).toBe("a b\ttwo lines\n1\t2");
});

test.each([
  '=HYPERLINK("https://evil.example","x")',
  "+cmd|' /C calc'!A0",
  "@SUM(1+1)",
  "-2+3+cmd|' /C calc'!A0",
  "=1+1",
  "＝1+1",
  "\t=1+1",
  "\r=1+1",
  "-5+A1",
  "-5 A1",
  "-HYPERLINK(1)",
  `-1${" ".repeat(30_000)}=x`,
])("what a spreadsheet would calculate is text: %j", (cell) => {
  expect(tableTsv([[cell]]).startsWith("'")).toBe(true);
  expect(tableCsv([[cell]])).toMatch(/^"?'/u);
});

test.each(["-5", "+5", "-1,234.5", "−5", "5-3", "a=b", "$-5$", "-", "-5 °C", "-$5", "-1e5", "+5 %", "-3 km/h"])(
  "other cells stay as they are: %s",
  (cell) => {
    expect(tableTsv([[cell]])).toBe(cell);
  },
);
