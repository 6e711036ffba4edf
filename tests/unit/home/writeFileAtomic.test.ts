import { mkdir, readdir, readFile, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { writeFileAtomic } from "../../../electron/workbench/home/writeFileAtomic.ts";
import { temporaryFolder } from "../../support/temporaryFolder.ts";

test("creates a file and its folder with private permissions", async () => {
  const path = join(await temporaryFolder(), "below", "file.json");
  await writeFileAtomic(path, "one");
  expect(await readFile(path, "utf8")).toBe("one");
  if (process.platform !== "win32") expect((await stat(path)).mode & 0o777).toBe(0o600);
});

test("keeps the previous content as the backup", async () => {
  const path = join(await temporaryFolder(), "file.json");
  await writeFileAtomic(path, "one", { keepBackup: true });
  await writeFileAtomic(path, "two", { keepBackup: true });
  expect(await readFile(path, "utf8")).toBe("two");
  expect(await readFile(`${path}.bak`, "utf8")).toBe("one");
});

test("a failed write leaves the old content and nothing else", async () => {
  const folder = await temporaryFolder();
  const path = join(folder, "file.json");
  await writeFile(path, "old");
  // A folder in place of the backup makes the write fail halfway.
  await mkdir(`${path}.bak`);
  await writeFile(join(`${path}.bak`, "x"), "");
  await expect(writeFileAtomic(path, "new", { keepBackup: true })).rejects.toThrow();
  expect(await readFile(path, "utf8")).toBe("old");
  expect((await readdir(folder)).filter((name) => name.includes(".tmp") && name !== "file.json.bak.tmp")).toEqual([]);
});

test("concurrent readers and writers see only whole files", async () => {
  const path = join(await temporaryFolder(), "file.json");
  const texts = Array.from({ length: 20 }, (_, index) => String(index % 10).repeat(100_000));
  await writeFileAtomic(path, texts[0] ?? "");
  const writing = Promise.all(texts.map((text) => writeFileAtomic(path, text)));
  for (let round = 0; round < 50; round++) expect(texts).toContain(await readFile(path, "utf8"));
  await writing;
});
