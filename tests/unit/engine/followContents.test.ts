import { expect, it } from "vitest";
import { followContents } from "../../../electron/engine/prompt/followContents.ts";

const frame = { literals: ["<", "|", ">"], messages: [0, 1] };
const variants =
  (...forms: string[][]) =>
  (message: number) =>
    forms[message] ?? [];

it("finds the form in which each message went in", () => {
  expect(followContents(frame, "< a |b>", variants([" a ", "a"], [" b ", "b"]))).toEqual([" a ", "b"]);
  expect(followContents(frame, "<A|b>", variants([" a ", "a"], ["b"]))).toBeNull();
});

it("takes another way where the first leads nowhere", () => {
  const joined = { literals: ["", "", "!"], messages: [0, 1] };
  expect(followContents(joined, "a b!", variants(["a", "a "], ["b"]))).toEqual(["a ", "b"]);
});

it("comes to an end where a thousand messages could each be either form", () => {
  const count = 1000;
  const many = {
    literals: Array.from({ length: count + 1 }, () => ""),
    messages: Array.from({ length: count }, () => 0),
  };
  expect(followContents(many, `${" ".repeat(count)}x`, variants([" ", ""]))).toBeNull();
});
