import { chmod, link, mkdir, stat, symlink, writeFile } from "node:fs/promises";
import { homedir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { mendModes } from "../../../electron/workbench/home/mendModes.ts";
import { makeHomeFolder } from "../../../electron/workbench/home/makeHomeFolder.ts";
import { withUsualModes } from "../../../electron/workbench/home/privateModes.ts";
import { openToOthers } from "../../support/openToOthers.ts";
import { temporaryFolder } from "../../support/temporaryFolder.ts";

const onPosix = test.skipIf(process.platform === "win32");
const modeOf = async (path: string) => ((await stat(path)).mode & 0o7777).toString(8);

async function put(path: string, mode: number): Promise<void> {
  await mkdir(join(path, ".."), { recursive: true });
  await writeFile(path, "");
  await chmod(path, mode);
}

onPosix("an earlier home is closed to others, Chromium's folder included, and nothing outside it changes", async () => {
  const home = await temporaryFolder();
  const outside = await temporaryFolder();
  const files = [
    "settings.json",
    "settings.json.bak",
    "settings.json.damaged-1",
    "model-ids.json",
    "model-use.json",
    "store/chats.db",
    "store/owners/a.owner",
    "models/owner/name/model.gguf",
    "models/.downloads/0123456789abcdef/part-1.receipts",
    "benchmarks/lock",
    "browser/Local Storage/leveldb/000003.log",
    "browser/Cookies",
    "quarantine/2025-11-28T10-00-00.000Z/chats.db",
    "Local State",
  ];
  for (const file of files) await put(join(home, file), 0o664);
  for (const folder of ["store", "models/owner", "browser", "browser/Local Storage"]) {
    await chmod(join(home, folder), 0o755);
  }
  await put(join(outside, "foreign.gguf"), 0o644);
  await put(join(outside, "folder", "inside.gguf"), 0o644);
  await symlink(join(outside, "foreign.gguf"), join(home, "models", "linked.gguf"));
  await symlink(join(outside, "folder"), join(home, "models", "linked"));
  await put(join(outside, "shared.gguf"), 0o644);
  await link(join(outside, "shared.gguf"), join(home, "models", "shared.gguf"));
  await put(join(home, "my-notes.txt"), 0o644);
  await put(join(home, "package.json"), 0o644);
  await put(join(home, "updates", "notes.md"), 0o644);
  await mendModes(home);
  const kept = ["models/shared.gguf", "my-notes.txt", "package.json", "updates/notes.md"].map(
    (name) => `644 ${join(home, name)}`,
  );
  expect((await openToOthers(home)).toSorted()).toEqual([...kept, `755 ${join(home, "updates")}`].toSorted());
  for (const name of ["foreign.gguf", "folder/inside.gguf", "shared.gguf"]) {
    expect(await modeOf(join(outside, name))).toBe("644");
  }
});

let umask = 0;
beforeEach(() => {
  umask = process.umask(0o022);
});
afterEach(() => {
  process.umask(umask);
});

onPosix("after the home was prepared, whatever is made is private; what is the person's own is as usual", async () => {
  const folder = await temporaryFolder();
  const home = join(folder, "new", "home");
  const old = join(folder, "old");
  await mkdir(old);
  await chmod(old, 0o755);
  makeHomeFolder(home);
  makeHomeFolder(old);
  await mkdir(join(home, "browser"));
  await writeFile(join(home, "browser", "made by others"), "");
  await withUsualModes(() => writeFile(join(folder, "saved.csv"), ""));
  await writeFile(join(home, "later"), "");
  expect(await modeOf(home)).toBe("700");
  expect(await modeOf(old)).toBe("700");
  expect(await openToOthers(home)).toEqual([]);
  expect(await modeOf(join(folder, "saved.csv"))).toBe("644");
});

onPosix("a folder that is not the app's alone keeps its mode", async () => {
  const shared = await temporaryFolder();
  await chmod(shared, 0o1777);
  const before = await modeOf(homedir());
  makeHomeFolder(shared);
  makeHomeFolder(homedir());
  expect(await modeOf(shared)).toBe("1777");
  expect(await modeOf(homedir())).toBe(before);
});
