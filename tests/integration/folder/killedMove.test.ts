import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import { appPaths } from "../../../electron/workbench/appPaths.ts";
import { FolderMover } from "../../../electron/workbench/folder/FolderMover.ts";
import { readMove } from "../../../electron/workbench/folder/MoveJournal.ts";
import { expectAllModels, filesBelow, makeMovedHome } from "../../support/folder/movedHome.ts";

const { hashWorker, engine } = appPaths(fileURLToPath(new URL("../../../out/cli", import.meta.url)));
const program = fileURLToPath(new URL("../../support/folder/killedMove.mjs", import.meta.url));

interface Job {
  home: string;
  chosen: string | null;
  away: string | null;
  killAt: number;
}

/** Resolves with null if it killed itself, or else with the number of its changes to the disk. */
async function move(job: Job): Promise<number | null> {
  const child = spawn(engine.nodePath, ["--no-warnings", program, JSON.stringify({ hashWorker, ...job })]);
  let [said, failed] = ["", ""];
  child.stdout.on("data", (chunk: Buffer) => (said += chunk.toString()));
  child.stderr.on("data", (chunk: Buffer) => (failed += chunk.toString()));
  const [code, signal] = (await once(child, "close")) as [number | null, string | null];
  if (signal === "SIGKILL") return null;
  expect(failed).toBe("");
  expect(code).toBe(0);
  return Number(said);
}

/** Does what the next start of the app does, with the lock and the hashing threads of the app. */
async function nextStart(home: string): Promise<void> {
  let end: (state: string) => void = () => undefined;
  const ended = new Promise<string>((resolve) => (end = resolve));
  const mover = new FolderMover({
    home,
    hashWorker,
    reserveBytes: 0,
    withoutModel: (_signal, work) => work(),
    onSwitched: () => undefined,
    onCopiesLeft: () => undefined,
    onChange: ({ move: { state } }) => state !== "moving" && end(state),
  });
  await mover.repair();
  await expectAllModels(home);
  // The last change is the one that ends it.
  const isUnfinished = (await readMove(home)) !== null;
  await mover.resume();
  if (isUnfinished) expect(await ended).toBe("none");
  await expectAllModels(home);
}

// Every point is covered by tests/unit/folder/interruptedMove.test.ts, without processes.
it("a move whose process is killed goes on at the next start, wherever it was", { timeout: 180_000 }, async () => {
  const whole = await makeMovedHome(false);
  const changes = await move({ home: whole.home, chosen: whole.target, away: whole.target, killAt: 0 });
  await expectAllModels(whole.home);
  for (const share of [0.2, 0.5, 0.7, 0.8, 0.9]) {
    const { home, target } = await makeMovedHome(false);
    const killAt = Math.floor((changes ?? 0) * share);
    expect(await move({ home, chosen: target, away: target, killAt })).toBeNull();
    await nextStart(home);
    expect(await filesBelow(join(home, "models.old"))).toEqual([]);
    expect((await filesBelow(target)).length).toBeGreaterThan(3);
  }
});
