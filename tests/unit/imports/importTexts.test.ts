import { expect, it } from "vitest";
import { amountTexts } from "../../../electron/texts/imports/amountTexts.ts";
import { importedText } from "../../../electron/texts/imports/importedText.ts";
import { undoneText } from "../../../electron/texts/imports/undoneText.ts";
import { openTexts } from "../../../electron/texts/texts.ts";

const none = { chats: 0, messages: 0, skipped: 0, folders: 0, foldersLeftOut: 0, presets: 0 };
const result = { ...none, id: "i" };
const preview = {
  ...none,
  id: "p",
  source: "r1" as const,
  fileName: "chats.jsonl",
  presetsLeftOut: 0,
  here: 0,
  titles: [],
  skipped: [],
  leftOut: 0,
  isComplete: true,
};
const undone = { state: "undone" as const, removed: 0, kept: 0, presets: 0 };

it.each([
  ["en", "1 folder was made. 2 prompt presets were added.", "There was nothing new to import."],
  ["fr", "1 dossier a été créé. 2 messages types ont été ajoutés.", "Il n’y avait rien de nouveau à importer."],
  ["zh-CN", "已新建 1 个文件夹。已添加 2 个提示词预设。", "没有可导入的新内容。"],
] as const)("what was imported is said without what was not (%s)", (language, beside, nothing) => {
  const texts = openTexts(language);
  expect(importedText(texts, { ...result, folders: 1, presets: 2 })).toBe(beside);
  expect(importedText(texts, result)).toBe(nothing);
});

it("what was imported is said in its order, with what was here and what there was no room for", () => {
  const whole = { ...result, chats: 3, skipped: 1, folders: 2, foldersLeftOut: 4, presets: 5 };
  expect(importedText(openTexts("en"), whole)).toBe(
    "3 chats were imported. 1 chat was already here. 2 folders were made. 5 prompt presets were added. " +
      "4 folders were not made, because there is no room for more.",
  );
});

it.each([
  ["en", "1 prompt preset was removed.", "The import was undone."],
  ["fr", "1 message type a été supprimé.", "L’importation a été annulée."],
  ["zh-CN", "已移除 1 个提示词预设。", "已撤销导入。"],
] as const)("what was undone is said without what was not (%s)", (language, beside, nothing) => {
  const texts = openTexts(language);
  expect(undoneText(texts, { ...undone, presets: 1 })).toBe(beside);
  expect(undoneText(texts, undone)).toBe(nothing);
});

it("a file whose folders and presets are all here has nothing new", () => {
  expect(amountTexts(openTexts("en"), preview)).toEqual(["Nothing new to import"]);
  expect(amountTexts(openTexts("en"), { ...preview, folders: 1 })).toEqual(["1 folder without chats"]);
});
