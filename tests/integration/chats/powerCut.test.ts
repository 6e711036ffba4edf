import { execFileSync } from "node:child_process";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import { expectSound } from "../../support/chats/expectSound.ts";
import { MixedHistory } from "../../support/chats/MixedHistory.ts";
import type { MixedLine } from "../../support/chats/MixedState.ts";
import { fileToImport, runMixed } from "../../support/chats/runMixed.ts";
import { report, rounds, seed } from "../../support/longRun.ts";
import { imageAfterCut, readRecord } from "../../support/powerCut/imageAfterCut.ts";
import { seededRandom } from "../../support/seededRandom.ts";
import { temporaryFolder } from "../../support/temporaryFolder.ts";

const source = fileURLToPath(new URL("../../support/powerCut/recordWrites.c", import.meta.url));
const cuts = rounds(12);
const cutsOfRun = 50;

function canCompile(): boolean {
  try {
    execFileSync("cc", ["--version"], { stdio: "ignore" });
    return process.platform === "linux";
  } catch {
    return false;
  }
}

it.skipIf(!canCompile())(
  `whenever the power fails, what was done is there, and the rest is whole or not there, ${cuts} times over (needs Linux and a C compiler)`,
  { timeout: 90_000 + cuts * 20_000 },
  async () => {
    const folder = await temporaryFolder();
    const library = join(folder, "recordWrites.so");
    execFileSync("cc", ["-shared", "-fPIC", "-O1", "-o", library, source, "-ldl", "-lpthread"]);
    const file = await fileToImport(folder);
    const first = seed(23);
    const random = seededRandom(first);
    const cutShort = new Map<string, number>();
    let calls = readRecord("/dev/null");
    for (let cut = 0; cut < cuts; cut++) {
      const recorded = join(folder, "recorded");
      if (cut % cutsOfRun === 0) {
        const record = join(folder, `record-${cut}`);
        rmSync(recorded, { recursive: true, force: true });
        const env = { LD_PRELOAD: library, RECORDED_FOLDER: recorded, RECORD_FILE: record };
        const run = { home: recorded, file, seed: Math.floor(random() * 1e9), lines: 80, afterMs: 0, env };
        await runMixed(run, () => undefined);
        calls = readRecord(record);
        rmSync(record);
      }
      const count = Math.floor(random() * calls.length);
      const home = join(folder, "home");
      rmSync(home, { recursive: true, force: true });
      mkdirSync(home, { mode: 0o700 });
      for (const [path, bytes] of imageAfterCut(calls, count, random)) {
        const copy = join(home, relative(recorded, path));
        mkdirSync(dirname(copy), { recursive: true, mode: 0o700 });
        writeFileSync(copy, bytes, { mode: 0o600 });
      }
      const history = new MixedHistory();
      const said = Buffer.concat(calls.slice(0, count).flatMap(({ what, bytes }) => (what === "said" ? [bytes] : [])));
      const lines = said.toString("utf8").split("\n").slice(0, -1);
      for (const line of lines) history.take(JSON.parse(line) as MixedLine);
      try {
        await runMixed({ home, file, seed: 1, lines: 1, afterMs: 0 }, (line) => {
          if (line.opened !== undefined || line.notice !== undefined) history.take(line);
        });
        expectSound(home);
      } catch (error) {
        throw new Error(`seed ${first}, cut ${cut}, after ${count} of ${calls.length} calls`, { cause: error });
      }
      for (const [deed, times] of history.cut) cutShort.set(deed, (cutShort.get(deed) ?? 0) + times);
    }
    report(`seed ${first}: ${cuts} cuts; cut short ${JSON.stringify(Object.fromEntries(cutShort))}`);
    expect(calls.filter(({ what }) => what === "sync").length).toBeGreaterThan(10);
  },
);
