import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { BrowserWindow } from "electron";
import { beforeEach, expect, test, vi } from "vitest";
import type { PreviewPage } from "../../../electron/contract/preview.ts";
import { savePage } from "../../../electron/main/preview/savePage.ts";
import { loadTexts } from "../../../electron/texts/loadTexts.ts";
import { temporaryFolder } from "../../support/temporaryFolder.ts";

const chosen = vi.hoisted(() => ({ filePath: "" }));
vi.mock("electron", () => ({ dialog: { showSaveDialog: async () => ({ canceled: false, ...chosen }) } }));

let folder: string;
beforeEach(async () => {
  folder = await temporaryFolder();
  chosen.filePath = join(folder, "page");
});

async function save(...names: string[]): Promise<string | null> {
  const page: PreviewPage = { kind: "html", files: names.map((name) => ({ name, text: `text of ${name}` })) };
  return savePage({} as BrowserWindow, await loadTexts("en"), page);
}
const saved = async (): Promise<string[]> => (await readdir(chosen.filePath)).toSorted();

test("a page of several files is saved in a folder, each file by the name that the page loads it by", async () => {
  expect(await save("index.html", "style.css")).toBe("page");
  expect(await saved()).toEqual(["index.html", "style.css"]);
  expect(await readFile(join(chosen.filePath, "style.css"), "utf8")).toBe("text of style.css");
});

test("names that a system takes for one another, or for a device, are changed", async () => {
  await save("index.html", "Style.css", "style.css", "a.", "a", "aux.js");
  expect(await saved()).toEqual(["Style.css", "a", "a (2)", "aux_.js", "index.html", "style (2).css"]);
  expect(await readFile(join(chosen.filePath, "style (2).css"), "utf8")).toBe("text of style.css");
});

test("what is in the folder already stays as it is", async () => {
  await mkdir(chosen.filePath);
  await writeFile(join(chosen.filePath, "style.css"), "mine");
  await expect(save("index.html", "style.css")).rejects.toMatchObject({ code: "file-not-saved" });
  expect(await readFile(join(chosen.filePath, "style.css"), "utf8")).toBe("mine");
});
