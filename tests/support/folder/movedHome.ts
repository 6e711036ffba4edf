import { createHash } from "node:crypto";
import { mkdir, readdir, readFile, symlink, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { expect } from "vitest";
import { downloadedFile, rememberVerified } from "../../../electron/workbench/downloads/VerifiedFiles.ts";
import { temporaryFolder } from "../temporaryFolder.ts";

export const downloaded = "owner/model-GGUF/model.gguf";
const files: Record<string, Buffer> = {
  [downloaded]: Buffer.alloc(300_000, "downloaded"),
  "mine.gguf": Buffer.alloc(100_000, "mine"),
  ".downloads/0123456789abcdef/part-1": Buffer.alloc(50_000, "part"),
};

/** Makes a home with models in `models`, which is a folder in the home, or a link to a folder on `disk`. */
export async function makeMovedHome(isLinked: boolean): Promise<{ home: string; disk: string; target: string }> {
  const [home, disk, target, other] = await Promise.all([1, 2, 3, 4].map(() => temporaryFolder()));
  if (home === undefined || disk === undefined || target === undefined || other === undefined) throw new Error();
  const models = join(home, "models");
  const first = isLinked ? join(disk, "R1 Workbench models") : models;
  for (const [name, bytes] of Object.entries(files)) {
    await mkdir(dirname(join(first, name)), { recursive: true });
    await writeFile(join(first, name), bytes);
  }
  await writeFile(join(other, "linked.gguf"), "linked");
  await symlink(join(other, "linked.gguf"), join(first, "linked.gguf"));
  if (isLinked) await symlink(first, models);
  const sha256 = createHash("sha256")
    .update(files[downloaded] ?? "")
    .digest("hex");
  await rememberVerified(models, join(models, downloaded), sha256, true);
  return { home, disk, target };
}

/** Expects everything below `<home>/models`, and the download to be known as verified. */
export async function expectAllModels(home: string): Promise<void> {
  const models = join(home, "models");
  for (const [name, bytes] of Object.entries(files)) {
    expect((await readFile(join(models, name))).equals(bytes), name).toBe(true);
  }
  expect(await readFile(join(models, "linked.gguf"), "utf8")).toBe("linked");
  expect(await downloadedFile(models, join(models, downloaded))).toMatchObject({ verified: true, isUntouched: true });
}

/** Resolves with the names of all files and links below a folder. */
export async function filesBelow(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  return entries.filter((entry) => !entry.isDirectory()).map(({ name }) => name);
}
