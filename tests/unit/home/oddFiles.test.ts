import { execFileSync } from "node:child_process";
import { lstat, mkdir, readFile, readdir, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeEach, expect, test } from "vitest";
import { z } from "zod";
import { expectOwnFile } from "../../../electron/workbench/home/expectOwnFile.ts";
import { createInspectCache } from "../../../electron/workbench/models/inspectCache.ts";
import { createChoicesStore } from "../../../electron/workbench/models/choicesStore.ts";
import { modelChoicesSchema } from "../../../electron/contract/models.ts";
import { readJsonFile, setAside } from "../../../electron/workbench/home/readJsonFile.ts";
import { readOwnFile, readOwnFileSync, readSmallFile } from "../../../electron/workbench/home/readOwnFile.ts";
import { openSettingsStore } from "../../../electron/workbench/settings/settingsStore.ts";
import { writeFileAtomic } from "../../../electron/workbench/home/writeFileAtomic.ts";
import { writeOwnFileSync } from "../../../electron/workbench/home/writeOwnFileSync.ts";
import { temporaryFolder } from "../../support/temporaryFolder.ts";

const foreignText = '{"theme":"dark"}';
let folder: string;
let foreign: string;
beforeEach(async () => {
  folder = await temporaryFolder();
  foreign = join(await temporaryFolder(), "foreign.json");
  await writeFile(foreign, foreignText);
});

/** What may be in place of a file and would hang, mislead or overflow a plain read. */
const kinds: Record<string, (path: string) => Promise<unknown> | void> = {
  "a named pipe": (path) => void execFileSync("mkfifo", [path]),
  "a folder": async (path) => {
    await mkdir(path);
    await writeFile(join(path, "inside"), "kept");
  },
  "a link to a file": (path) => symlink(foreign, path),
  "a link to nothing": (path) => symlink(join(folder, "nowhere"), path),
  "a link to itself": (path) => symlink(path, path),
  "a link to an endless device": (path) => symlink("/dev/zero", path),
  "a file that is too large": (path) => writeFile(path, "x".repeat(200_000)),
};
const names = process.platform === "win32" ? [] : Object.keys(kinds);

async function put(kind: string, path: string): Promise<void> {
  await kinds[kind]?.(path);
}

test.each(names)("%s in place of a file of ours is not read, not waited for, and not written through", async (kind) => {
  const path = join(folder, "file.json");
  await put(kind, path);
  expect(await readOwnFile(path, 100_000)).toMatchObject({ state: "unusable" });
  expect(readOwnFileSync(path, 100_000)).toMatchObject({ state: "unusable" });
  expect(await readJsonFile(path, z.unknown(), 100_000)).toMatchObject({ state: "damaged" });
  // Other programs' files may be links, to regular files.
  expect(await readSmallFile(path, 100_000)).toBe(kind === "a link to a file" ? foreignText : null);
  if (kind !== "a file that is too large") {
    const found = kind === "a named pipe" ? "pipe" : kind === "a folder" ? "folder" : "link";
    const facts = { case: found, path };
    expect(() => expectOwnFile(path)).toThrow(expect.objectContaining({ code: "file-blocked", facts }) as Error);
  }
  if (kind === "a folder") {
    await expect(writeFileAtomic(path, "ours")).rejects.toThrow();
    expect(() => writeOwnFileSync(path, "ours")).toThrow();
    expect(await readFile(join(path, "inside"), "utf8")).toBe("kept");
  } else {
    await writeFileAtomic(path, "ours", { keepBackup: true });
    expect(await readFile(path, "utf8")).toBe("ours");
    expect((await lstat(path)).isFile()).toBe(true);
    writeOwnFileSync(path, "ours again");
    expect(await readFile(path, "utf8")).toBe("ours again");
  }
  expect(await readFile(foreign, "utf8")).toBe(foreignText);
  expect((await readdir(folder)).filter((name) => name.endsWith(".tmp"))).toEqual([]);
});

test.each(names)("settings, choices and caches open with %s in their place, and can be written", async (kind) => {
  const home = folder;
  const files = ["settings.json", "settings.json.bak", "model-choices.json", "inspections.json"];
  for (const name of files) await put(kind, join(home, name));
  const settings = await openSettingsStore({ home });
  expect(settings.get().theme).toBe("system");
  expect(settings.damagedFile).toContain("settings.json.damaged-");
  if (kind !== "a folder") await settings.change({ theme: "light" });
  const choices = createChoicesStore(home);
  const chosen = modelChoicesSchema.parse({ temperature: 1 });
  const model = { id: "model", source: { kind: "file", path: "/model.gguf" } } as const;
  await choices.set(model, chosen);
  expect(await createChoicesStore(home).get(model)).toEqual(chosen);
  const cache = createInspectCache(join(home, "inspections.json"));
  expect(await cache.get("/model.gguf", "print")).toBeNull();
  cache.set("/model.gguf", "print", { problem: { code: "model-not-gguf" } });
  await cache.save();
  expect(await readFile(foreign, "utf8")).toBe(foreignText);
});

test("a regular file is read to its end; a missing one is absent; a damaged one is set aside under another name", async () => {
  const path = join(folder, "file.json");
  expect(await readOwnFile(path, 10)).toEqual({ state: "absent" });
  expect(readOwnFileSync(path, 10)).toEqual({ state: "absent" });
  expectOwnFile(path);
  await writeFile(path, "[1]");
  expectOwnFile(path);
  expect(await readOwnFile(path, 3)).toEqual({ state: "read", text: "[1]" });
  expect(await readOwnFile(path, 2)).toMatchObject({ state: "unusable" });
  expect(await readJsonFile(path, z.array(z.number()), 10)).toEqual({ state: "read", value: [1] });
  expect(await readJsonFile(path, z.object({}), 10)).toMatchObject({ state: "damaged" });
  expect(await readFile(await setAside(path), "utf8")).toBe("[1]");
});
