import { mkdir, readdir, realpath, rename, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { afterEach, expect, test, vi } from "vitest";
import type { FolderState } from "../../../electron/contract/folder.ts";
import type { Notice } from "../../../electron/contract/notices.ts";
import { readMove, writeMove } from "../../../electron/workbench/folder/MoveJournal.ts";
import { openFolder } from "../../../electron/workbench/folder/openFolder.ts";
import { Notices } from "../../../electron/workbench/Notices.ts";
import { expectAllModels, makeMovedHome } from "../../support/folder/movedHome.ts";
import { openMover } from "../../support/folder/openMover.ts";

/** What the system refuses, by the name of the call, for paths below this folder. */
const refused = vi.hoisted(() => ({ calls: [] as string[], below: "" }));

vi.mock("node:fs/promises", async (original) => {
  const real = await original<typeof import("node:fs/promises")>();
  const refusing = (["rename", "mkdir"] as const).map((name) => {
    const make = real[name] as (...args: unknown[]) => Promise<unknown>;
    const call = (...args: unknown[]) => {
      const path = String(args[name === "rename" ? 1 : 0]);
      const isRefused = refused.calls.includes(name) && path.startsWith(refused.below) && !path.includes(".r1-");
      if (!isRefused) return make(...args);
      return Promise.reject(Object.assign(new Error(`EACCES: permission denied, ${name}`), { code: "EACCES" }));
    };
    return [name, call] as const;
  });
  return { ...real, ...Object.fromEntries(refusing) };
});

afterEach(() => {
  refused.calls = [];
});

const isFailed = ({ state }: { state: string }): boolean => state === "failed";

test("a move into a folder that was removed after it was chosen is refused", async () => {
  const { home, target } = await makeMovedHome(false);
  const { mover } = openMover(home);
  const plan = await mover.plan(target);
  expect(plan.kind).toBe("rename");
  await rm(target, { recursive: true });
  await expect(mover.start(plan.id)).rejects.toMatchObject({
    code: "models-move-refused",
    facts: { case: "outdated" },
  });
  expect(await readMove(home)).toBeNull();
  expect(mover.isMoving).toBe(false);
  await mkdir(target);
  expect(await mover.plan(target)).toMatchObject({ kind: "rename" });
});

test("if the folder is removed once the move has begun, it can be undone, or tried again when it is back", async () => {
  for (const isUndone of [true, false]) {
    const { home, target } = await makeMovedHome(false);
    const { mover, next } = openMover(home, async (_signal, work) => {
      await rm(target, { recursive: true, force: true });
      return work();
    });
    const plan = await mover.plan(target);
    const failed = next(isFailed);
    await mover.start(plan.id);
    expect(await failed).toMatchObject({
      canUndo: true,
      problem: { code: "models-move-failed", facts: { case: "folderGone", folder: target } },
    });
    await expectAllModels(home);
    if (isUndone) {
      await mover.cancel();
      expect(mover.isMoving).toBe(false);
      expect(await readMove(home)).toBeNull();
      continue;
    }
    const { mover: later, next: nextLater } = openMover(home);
    await mkdir(target);
    const ended = nextLater(({ state }) => state !== "moving");
    await later.retry();
    expect(await ended).toEqual({ state: "none" });
    expect(await realpath(join(home, "models"))).toBe(join(target, "R1 Workbench models"));
    await expectAllModels(home);
  }
});

test("the next start gives up a move into a folder that is no longer there", async () => {
  const { home, target } = await makeMovedHome(false);
  const to = join(target, "gone", "R1 Workbench models");
  await writeMove(home, { version: 1, from: join(home, "models"), to, renames: true, state: "switching" }, "switching");
  const { mover } = openMover(home);
  await mover.repair();
  await mover.resume();
  expect(await readMove(home)).toBeNull();
  expect(mover.isMoving).toBe(false);
  await expectAllModels(home);
  expect(await mover.plan(target)).toMatchObject({ kind: "rename" });
});

test("a move that the system refuses to begin can be undone, also after a restart", async () => {
  const { home, target } = await makeMovedHome(false);
  const { mover, next } = openMover(home);
  const plan = await mover.plan(target);
  Object.assign(refused, { calls: ["rename", "mkdir"], below: target });
  const failed = next(isFailed);
  await mover.start(plan.id);
  expect(await failed).toMatchObject({ canUndo: true, problem: { facts: { case: "system" } } });

  const { mover: later, next: nextLater } = openMover(home);
  await later.repair().catch(() => undefined);
  const failedAgain = nextLater(isFailed);
  await later.resume();
  expect(await failedAgain).toMatchObject({ canUndo: true });
  await later.cancel();
  expect(await readMove(home)).toBeNull();
  expect(later.isMoving).toBe(false);
  expect(await readdir(target)).toEqual([]);
  await expectAllModels(home);
});

test("a folder that cannot be used after all, because its disk is gone again, does not block another choice", async () => {
  const { home, disk, target } = await makeMovedHome(true);
  await rename(join(disk, "R1 Workbench models"), join(target, "R1 Workbench models"));
  const { mover, next } = openMover(home, async (_signal, work) => {
    await rename(target, `${target} away`);
    return work();
  });
  const plan = await mover.plan(target);
  expect(plan.kind).toBe("use");
  const failed = next(isFailed);
  await mover.start(plan.id);
  expect(await failed).toMatchObject({ canUndo: true, problem: { code: "models-folder-missing" } });
  await mover.cancel();
  expect(mover.isMoving).toBe(false);
  expect(await readdir(`${target} away`)).toEqual(["R1 Workbench models"]);
  expect(await mover.plan(`${target} away`)).toMatchObject({ kind: "use" });
  await rm(`${target} away`, { recursive: true });
});

test("while the models move back, the folder that people see is the one in which they will be", async () => {
  const { home } = await makeMovedHome(true);
  const { mover, next } = openMover(home);
  const plan = await mover.plan(null);
  const models = join(home, "models");
  expect(plan.to).toBe(models);
  const moving = next(({ state }) => state === "moving");
  const ended = next(({ state }) => state === "none");
  await mover.start(plan.id);
  expect(await moving).toMatchObject({ to: models });
  await ended;
  expect(await realpath(models)).toBe(join(await realpath(dirname(models)), "models"));
  await expectAllModels(home);
});

test.each([
  { disk: "away", isAway: true },
  { disk: "there", isAway: false },
])("after a move that is undone while its disk is $disk, what may be left there is said", async ({ isAway }) => {
  const { home, target } = await makeMovedHome(false);
  const from = join(home, "models");
  const to = join(isAway ? join(target, "away") : target, "R1 Workbench models");
  if (!isAway) await mkdir(to);
  await writeMove(home, { version: 1, from, to, renames: false, state: "undoing" }, "undoing");
  const notices = new Notices(() => undefined);
  let tellEnd = (): void => undefined;
  const ended = new Promise<void>((resolve) => (tellEnd = resolve));
  const folder = await openFolder({
    home,
    hashWorker: "",
    reserveBytes: 0,
    withoutModel: (_signal, work) => work(),
    notices,
    onEvent: (name, data) => {
      if (name === "folder.changed" && (data as FolderState).move.state === "none") tellEnd();
    },
    onLog: () => undefined,
  });
  folder.api.resume();
  await ended;
  const said = (notices.handlers()["notices.list"]({}) as Notice[]).map(({ problem }) => problem);
  expect(said).toEqual(isAway ? [{ code: "models-copies-left", facts: { folder: to } }] : []);
  // Another folder can be chosen at once.
  expect(await folder.api.plan(target)).toMatchObject({ kind: "rename" });
  await folder.close();
});
