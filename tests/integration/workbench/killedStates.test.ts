import { join } from "node:path";
import { expect, it } from "vitest";
import { enginePaths, nanoPath } from "../../support/engine/engineForTests.ts";
import { compareStates, runAndKill } from "../../support/engine/killedStates.mjs";
import { temporaryFolder } from "../../support/temporaryFolder.ts";

/** tests/bench/secondTurn.mjs does it 200 times. */
const rounds = 4;

it.skipIf(process.platform === "win32")(
  "a workbench that is killed at any moment leaves no state that differs from reading the chat anew",
  { timeout: 300_000 },
  async () => {
    const home = join(await temporaryFolder(), "home");
    let states = 0;
    for (let round = 0; round < rounds; round++) {
      // 0 to 1.2 s after its first reply, at moments that are the same in each run.
      await runAndKill(enginePaths.nodePath, home, ((round * 37) % 60) * 20);
      const found = await compareStates(home, nanoPath);
      expect(found.altered).toBe(0);
      // Rounding makes 0.006, and one wrong token 0.08.
      expect(found.difference.keyValues).toBeLessThan(0.02);
      states += found.states;
    }
    expect(states).toBeGreaterThan(0);
  },
);
