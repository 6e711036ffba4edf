import { createHash } from "node:crypto";
import { once } from "node:events";
import { readSync } from "node:fs";
import { lstat, readFile, realpath, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, expect, it, vi } from "vitest";
import { readMove } from "../../../electron/workbench/folder/MoveJournal.ts";
import { expectAllModels, filesBelow, makeMovedHome } from "../../support/folder/movedHome.ts";
import { openMover } from "../../support/folder/openMover.ts";

/*
 * The power fails right before each change to the disk in turn: from then on, nothing that was running changes anything.
 */
const power = vi.hoisted(() => ({
  changes: 0,
  failsAt: Infinity,
  onFail: () => undefined as void,
  away: null as string | null,
  locks: new Set<string>(),
}));

function change<Result>(make: () => Promise<Result>): Promise<Result> {
  if (++power.changes < power.failsAt) return make();
  power.onFail();
  return new Promise(() => undefined);
}

/** Lets the power fail before the nth change from now on. Resolves with true when it does. */
function failAt(failsAt: number): Promise<true> {
  return new Promise((resolve) => Object.assign(power, { changes: 0, failsAt, onFail: () => resolve(true) }));
}

vi.mock("node:fs/promises", async (original) => {
  const real = await original<typeof import("node:fs/promises")>();
  const counted = ["rename", "rm", "rmdir", "unlink", "mkdir", "symlink", "utimes"] as const;
  const changing = counted.map((name) => {
    const make = real[name] as (...args: unknown[]) => Promise<unknown>;
    return [name, (...args: unknown[]) => change(() => make(...args))] as const;
  });
  return {
    ...real,
    ...Object.fromEntries(changing),
    // As if this folder were on another disk, so that files are copied.
    stat: async (path: string, options: object) => {
      const found = await real.stat(path, options);
      if (power.away !== null && path.startsWith(power.away) && found.isDirectory()) {
        Object.assign(found, { dev: typeof found.dev === "bigint" ? 9n : 9 });
      }
      return found;
    },
    open: async (path: string, flags: string | number, mode: number) => {
      if (flags === "wx") await change(() => Promise.resolve());
      const handle = await real.open(path, flags, mode);
      for (const name of ["write", "writeFile"] as const) {
        const make = handle[name].bind(handle) as (...args: unknown[]) => Promise<unknown>;
        Object.assign(handle, { [name]: (...args: unknown[]) => change(() => make(...args)) });
      }
      // A real one would take most of the test's time, and change nothing that it can see.
      Object.assign(handle, { sync: () => change(() => Promise.resolve()) });
      return handle;
    },
  };
});

/** The system releases the locks of a process that ended. */
vi.mock("../../../electron/workbench/home/FileLock.ts", () => ({
  FileLock: {
    take(path: string) {
      if (power.locks.has(path)) return null;
      power.locks.add(path);
      return { release: () => power.locks.delete(path) };
    },
  },
}));

/** The threads need the built app. */
vi.mock("../../../electron/workbench/downloads/FileHasher.ts", () => ({
  FileHasher: class {
    readonly #hash = createHash("sha256");
    readonly #fd: number;
    constructor(fd: number) {
      this.#fd = fd;
    }
    async add(start: number, length: number): Promise<number> {
      const bytes = Buffer.alloc(length);
      const there = readSync(this.#fd, bytes, 0, length, start);
      this.#hash.update(bytes.subarray(0, there));
      return there;
    }
    async digest(): Promise<string> {
      return this.#hash.digest("hex");
    }
    async close(): Promise<void> {}
  },
}));

afterEach(() => {
  Object.assign(power, { failsAt: Infinity, away: null });
  power.locks.clear();
});

/** Does what the next start does: `r1` only repairs, and the app then goes on with the move. */
async function nextStart(home: string): Promise<void> {
  power.locks.clear();
  power.failsAt = Infinity;
  const { mover, next } = openMover(home);
  await mover.repair();
  await expectAllModels(home);
  const ended = (await readMove(home)) === null ? null : next(({ state }) => state !== "moving");
  await mover.resume();
  if (ended !== null) expect(await ended).toEqual({ state: "none" });
  expect(await readMove(home)).toBeNull();
  await expectAllModels(home);
}

const moves = [
  { name: "to another disk", isLinked: false, isBack: false, kind: "copy" },
  { name: "from a disk to another one", isLinked: true, isBack: false, kind: "copy" },
  { name: "back into the home from another disk", isLinked: true, isBack: true, kind: "copy" },
  { name: "on the same disk", isLinked: false, isBack: false, kind: "rename" },
  { name: "from a folder to another one on the same disk", isLinked: true, isBack: false, kind: "rename" },
  { name: "back into the home on the same disk", isLinked: true, isBack: true, kind: "rename" },
];

/** Moves a new home's models until the power fails. Resolves with whether they are in the other folder at the end. */
async function moveUntil(failsAt: number, { isLinked, isBack, kind }: (typeof moves)[number]) {
  const { home, disk, target } = await makeMovedHome(isLinked);
  power.away = kind === "rename" ? null : isBack ? disk : target;
  const { mover, next } = openMover(home);
  const plan = await mover.plan(isBack ? null : target);
  expect(plan.kind).toBe(kind);
  const before = await realpath(join(home, "models"));
  const failed = failAt(failsAt);
  const ended = next(({ state }) => state !== "moving");
  await Promise.race([failed, mover.start(plan.id).then(() => ended)]);
  const { changes } = power;
  await nextStart(home);
  const wasMoved = (await realpath(join(home, "models"))) !== before;
  // Either all of it is there, or the move had not begun.
  const emptied = isLinked ? disk : join(home, "models.old");
  expect(await filesBelow(wasMoved ? emptied : isBack ? join(home, "models.new") : target)).toEqual([]);
  return { changes, wasMoved };
}

it.each(moves)(
  "a move $name ($kind) that is cut off at any point loses nothing and goes on by itself",
  async (move) => {
    const { changes } = await moveUntil(Infinity, move);
    // All of them copy in the same way, so that it is cut off only in the first one.
    const isFirst = move === moves[0];
    const first = isFirst || move.kind === "rename" ? 1 : Math.floor(changes / 2);
    const moved = [];
    for (let failsAt = first; failsAt <= changes; failsAt++) moved.push((await moveUntil(failsAt, move)).wasMoved);
    // Once it has begun, it always goes on.
    expect(moved).toEqual(moved.toSorted((a, b) => Number(a) - Number(b)));
    expect(moved.filter(Boolean).length).toBeGreaterThan(isFirst ? 50 : 5);
  },
  120_000,
);

it("a move that is cancelled, and cut off at any point while it is undone, leaves every model where it was", async () => {
  let undone = 0;
  for (let failsAt = 1, isOver = false; !isOver; failsAt++) {
    const { home, target } = await makeMovedHome(false);
    power.away = target;
    // Everything is copied, and the engine is in use.
    const { mover, next } = openMover(home, (signal) => once(signal, "abort").then(() => null));
    const plan = await mover.plan(target);
    const copied = next((move) => move.state === "moving" && move.step === "waiting");
    await mover.start(plan.id);
    await copied;
    const failed = failAt(failsAt);
    isOver = !((await Promise.race([failed, mover.cancel()])) ?? false);
    // Until the journal says so, it is still a move.
    const isUndone = isOver || (await readMove(home))?.state !== "copying";
    await nextStart(home);
    expect((await lstat(join(home, "models"))).isDirectory()).toBe(isUndone);
    if (!isUndone) continue;
    undone++;
    expect(await filesBelow(target)).toEqual([]);
  }
  expect(undone).toBeGreaterThan(3);
}, 120_000);

it.each([
  { where: "another folder", isBack: false },
  { where: "the home", isBack: true },
])(
  "while the disk is gone, $where can be chosen, and what comes back with the disk stays there",
  async ({ isBack }) => {
    const { home, disk, target } = await makeMovedHome(true);
    const folder = join(disk, "R1 Workbench models");
    await rename(folder, join(disk, "gone"));
    const { mover, next } = openMover(home);
    expect(await mover.state()).toMatchObject({ path: folder, isMissing: true });
    const plan = await mover.plan(isBack ? null : target);
    expect(plan).toMatchObject({ kind: "copy", from: folder, files: 0, bytes: 0 });
    const ended = next(({ state }) => state !== "moving");
    await mover.start(plan.id);
    expect(await ended).toEqual({ state: "none" });
    const chosen = isBack ? join(home, "models") : join(target, "R1 Workbench models");
    expect(await mover.state()).toMatchObject({ path: chosen, isInHome: isBack, isMissing: false });
    await rename(join(disk, "gone"), folder);
    await mover.resume();
    expect(await filesBelow(folder)).toHaveLength(5);
    expect(await filesBelow(chosen)).toEqual([]);
  },
);

it("a download that changed on the disk stops the move, and its original stays", async () => {
  const { home, target } = await makeMovedHome(false);
  power.away = target;
  const path = join(home, "models", ".verified.json");
  await writeFile(path, (await readFile(path, "utf8")).replace(/"sha256":"[0-9a-f]+"/, `"sha256":"${"0".repeat(64)}"`));
  const { mover, next } = openMover(home);
  const plan = await mover.plan(target);
  const failed = next(({ state }) => state === "failed");
  await mover.start(plan.id);
  const file = join(home, "models", "owner/model-GGUF/model.gguf");
  expect(await failed).toMatchObject({
    canUndo: true,
    problem: { code: "models-move-failed", facts: { case: "damaged", path: file } },
  });
  await mover.cancel();
  expect(await filesBelow(target)).toEqual([]);
  expect((await readFile(file)).length).toBe(300_000);
});
