import { expect, it } from "vitest";
import { fileMessage } from "../../../electron/workbench/documents/fileMessage.ts";

it("asks about files in DeepSeek's own form, and without files as it is", () => {
  expect(fileMessage([], "Why?")).toBe("Why?");
  expect(fileMessage([{ name: "a.txt", text: "one" }], "Why?")).toBe(
    "[file name]: a.txt\n[file content begin]\none\n[file content end]\nWhy?",
  );
});

const found = [
  { number: 3, part: 12, text: "It is due in May." },
  { number: 4, part: 14, text: "It is not due." },
];
const searched = { name: "report.pdf", unit: "page", passages: found } as const;

it("asks about passages with their numbers and places, after whole files, and asks to cite them", () => {
  const asked = fileMessage([searched, { name: "a.txt", text: "one" }], "When?");
  expect(asked).toMatch(/^\[file name\]: a\.txt\n/);
  expect(asked).toContain(
    "[passage 3 begin]\n[report.pdf, page 12]\nIt is due in May.\n[passage 3 end]\n[passage 4 begin]\n[report.pdf, page 14]\n",
  );
  expect(asked).toMatch(/in the format \[X\], [\s\S]*\n# The user's message is:\nWhen\?$/);
  expect(fileMessage([{ ...searched, unit: null }], "When?")).toContain("[passage 3 begin]\n[report.pdf]\nIt is");
});

it("asks in Chinese about passages for a Chinese question, and only asks if nothing was found", () => {
  expect(fileMessage([searched], "什么时候到期？")).toMatch(
    /\[report\.pdf, 第 12 页\][\s\S]*# 用户的消息是：\n什么时候到期？$/,
  );
  expect(fileMessage([searched], "期限はいつですか？")).toContain("# The user's message is:");
  expect(fileMessage([{ ...searched, passages: [] }], "When?")).toBe("When?");
});
