import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { lstat, readdir, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import type { FolderState } from "../../../electron/contract/folder.ts";
import { takeMoveLock } from "../../../electron/workbench/folder/moveLock.ts";
import { FileLock } from "../../../electron/workbench/home/FileLock.ts";
import { nanoPath } from "../../support/engine/engineForTests.ts";
import { openTestWorkbench, type TestWorkbench } from "../../support/openTestWorkbench.ts";
import { temporaryFolder } from "../../support/temporaryFolder.ts";

/** A folder on another disk where the system has one, as Linux has in memory. */
async function otherDisk(): Promise<{ folder: string; kind: "copy" | "rename" }> {
  const root = existsSync("/dev/shm") ? "/dev/shm" : tmpdir();
  const folder = mkdtempSync(join(root, "r1-workbench-test-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const isOther = (await stat(folder)).dev !== (await stat(tmpdir())).dev;
  return { folder, kind: isOther ? "copy" : "rename" };
}

async function openWithModel(): Promise<TestWorkbench & { next: (state: string) => Promise<FolderState> }> {
  const home = join(await temporaryFolder(), "home");
  mkdirSync(join(home, "models", "mine"), { recursive: true });
  copyFileSync(nanoPath, join(home, "models", "mine", "mine.gguf"));
  const waiting = new Set<(state: FolderState) => void>();
  const opened = await openTestWorkbench(
    home,
    ({ name, data }) => {
      if (name === "folder.changed") for (const tell of waiting) tell(data as FolderState);
    },
    { downloadTuning: { reserveBytes: 0 } },
  );
  const next = (state: string): Promise<FolderState> =>
    new Promise((resolve) => waiting.add((told) => told.move.state === state && resolve(told)));
  return { ...opened, next };
}

test("a model in use is unloaded and moved with its folder, answers from there, and moves back", async () => {
  const { workbench, home, next } = await openWithModel();
  const { folder, kind } = await otherDisk();
  expect(await workbench.call("models.load", { modelId: "mine" })).toMatchObject({ state: "ready" });
  const plan = await workbench.planFolder(folder);
  const to = join(folder, "R1 Workbench models");
  expect(plan).toMatchObject({ kind, from: join(home, "models"), to, files: 1, isOpenToOthers: false });
  const moved = next("none");
  await workbench.call("folder.move", { planId: plan.id });
  expect(await moved).toMatchObject({ path: to, isInHome: false, isMissing: false });
  expect(await workbench.call("models.loaded", {})).toEqual({ state: "none" });
  expect(await readdir(join(to, "mine"))).toEqual(["mine.gguf"]);
  if (process.platform !== "win32") expect((await stat(to)).mode & 0o777).toBe(0o700);
  const [model] = (await workbench.call("models.list", {})).filter(({ builtIn }) => !builtIn);
  expect(model).toMatchObject({ id: "mine", owner: "downloads", problems: [] });
  expect(await workbench.call("models.load", { modelId: "mine" })).toMatchObject({ state: "ready" });
  await expect(workbench.planFolder(folder)).rejects.toMatchObject({ facts: { case: "alreadyThere" } });

  const back = await workbench.call("folder.planBack", {});
  const inHome = next("none");
  await workbench.call("folder.move", { planId: back.id });
  expect(await inHome).toMatchObject({ path: join(home, "models"), isInHome: true });
  expect((await lstat(join(home, "models"))).isDirectory()).toBe(true);
  expect(await readdir(folder)).toEqual([]);
  expect(await workbench.call("models.load", { modelId: "mine" })).toMatchObject({ state: "ready" });
});

test("models are not moved while a download runs, and no download runs while they are moved", async () => {
  const { workbench, home } = await openWithModel();
  const download = join(home, "models", ".downloads", "0123456789abcdef");
  mkdirSync(download, { recursive: true });
  const running = FileLock.take(join(download, "lock"));
  const { folder } = await otherDisk();
  await expect(workbench.planFolder(folder)).rejects.toMatchObject({
    code: "models-move-refused",
    facts: { case: "downloading" },
  });
  running?.release();
  const moving = takeMoveLock(join(home, "models"));
  await expect(workbench.planFolder(folder)).resolves.toMatchObject({ files: 2 });
  const file = { repo: "owner/model-GGUF", revision: "main", path: "big.gguf" };
  await workbench.call("downloads.start", { file, acceptUnverified: false });
  await expect
    .poll(() => workbench.call("downloads.list", {}))
    .toMatchObject([{ status: { state: "failed", problem: { code: "models-moving" } } }]);
  moving?.release();
});

test("if a plain file is in the place of the models folder, a notice says so and the file is left alone", async () => {
  const home = join(await temporaryFolder(), "home");
  mkdirSync(home);
  writeFileSync(join(home, "models"), "mine");
  const { workbench } = await openTestWorkbench(home);
  expect(await workbench.call("notices.list", {})).toMatchObject([
    { problem: { code: "file-blocked", facts: { case: "notFolder", path: join(home, "models") } } },
  ]);
  expect((await workbench.call("models.list", {})).map(({ builtIn }) => builtIn)).toEqual([true]);
  expect(readFileSync(join(home, "models"), "utf8")).toBe("mine");
});

test("if the folder’s disk is gone, a notice says so, chats open, and nothing is made in its place", async () => {
  const home = join(await temporaryFolder(), "home");
  mkdirSync(home);
  const gone = join(home, "..", "disk", "R1 Workbench models");
  symlinkSync(gone, join(home, "models"));
  const { workbench } = await openTestWorkbench(home);
  expect(await workbench.call("folder.state", {})).toMatchObject({ path: gone, isInHome: false, isMissing: true });
  expect(await workbench.call("notices.list", {})).toMatchObject([
    { problem: { code: "models-folder-missing", facts: { folder: gone } } },
  ]);
  expect((await workbench.call("models.list", {})).map(({ builtIn }) => builtIn)).toEqual([true]);
  await workbench.call("chats.create", {});
  const file = { repo: "owner/model-GGUF", revision: "main", path: "big.gguf" };
  await workbench.call("downloads.start", { file, acceptUnverified: false });
  await expect
    .poll(() => workbench.call("downloads.list", {}))
    .toMatchObject([{ status: { state: "failed", problem: { code: "models-folder-missing" } } }]);
  expect(existsSync(join(gone, ".."))).toBe(false);

  // The disk is there again, under another name: its models are used, and nothing is moved.
  const disk = await temporaryFolder();
  mkdirSync(join(disk, "R1 Workbench models"));
  copyFileSync(nanoPath, join(disk, "R1 Workbench models", "mine.gguf"));
  const plan = await workbench.planFolder(disk);
  expect(plan).toMatchObject({ kind: "use", to: join(disk, "R1 Workbench models"), files: 1 });
  await workbench.call("folder.move", { planId: plan.id });
  await expect
    .poll(() => workbench.call("folder.state", {}))
    .toMatchObject({
      isMissing: false,
      move: { state: "none" },
    });
  expect((await workbench.call("models.list", {})).map(({ id }) => id)).toContain("mine");
  expect(await workbench.call("notices.list", {})).toEqual([]);
});
