import { expect, test } from "vitest";
import { languages } from "../../../electron/contract/languages.ts";
import type { ModelOwner } from "../../../electron/contract/models.ts";
import { ownedFileText } from "../../../electron/texts/ownedFileText.ts";
import { ownerName } from "../../../electron/texts/ownerName.ts";
import { openTexts } from "../../../electron/texts/texts.ts";

const inAll = (write: typeof ownerName, owner: ModelOwner) =>
  languages.map((language) => write(openTexts(language), owner));

test("whose file a model is stands in the language, with the app’s own name", () => {
  expect(inAll(ownedFileText, "ollama")).toEqual(["Ollama’s file", "fichier géré par Ollama", "Ollama 的文件"]);
  expect(inAll(ownedFileText, "hugging-face")).toEqual([
    "file in the Hugging Face cache",
    "fichier du cache de Hugging Face",
    "Hugging Face 缓存中的文件",
  ]);
  expect(inAll(ownerName, "hugging-face")).toEqual([
    "Hugging Face cache",
    "Cache de Hugging Face",
    "Hugging Face 缓存",
  ]);
  expect(inAll(ownedFileText, "app")).toEqual([null, null, null]);
});
