import { expect, it } from "vitest";
import { followContents } from "../../../electron/engine/prompt/followContents.ts";

const frame = { literals: ["<", "|", ">"], messages: [0, 1] };
const variants =
  (...forms: string[][]) =>
  (message: number) =>
    forms[message] ?? [];

it("finds the form in which each message was rendered", () => {
  expect(followContents(frame, "< a |b>", variants([" a ", "a"], [" b ", "b"]))).toEqual([" a ", "b"]);
  expect(followContents(frame, "<A|b>", variants([" a ", "a"], ["b"]))).toBeNull();
});

it("takes another path if the first is a dead end", () => {
  const joined = { literals: ["", "", "!"], messages: [0, 1] };
  expect(followContents(joined, "a b!", variants(["a", "a "], ["b"]))).toEqual(["a ", "b"]);
});

it("terminates if each of a thousand messages may have either form", () => {
  const count = 1000;
  const many = {
    literals: Array.from({ length: count + 1 }, () => ""),
    messages: Array.from({ length: count }, () => 0),
  };
  expect(followContents(many, `${" ".repeat(count)}x`, variants([" ", ""]))).toBeNull();
});
