import { join } from "node:path";
import { expect, it } from "vitest";
import { expectSound } from "../../support/chats/expectSound.ts";
import { MixedHistory } from "../../support/chats/MixedHistory.ts";
import { fileToImport, runMixed } from "../../support/chats/runMixed.ts";
import { report, rounds, seed } from "../../support/longRun.ts";
import { seededRandom } from "../../support/seededRandom.ts";
import { temporaryFolder } from "../../support/temporaryFolder.ts";

const kills = rounds(6);

it.skipIf(process.platform === "win32")(
  `whatever is done with chats when the app is killed, what was done is there, and the rest is whole or not there, ${kills} times over`,
  { timeout: 60_000 + kills * 30_000 },
  async () => {
    const folder = await temporaryFolder();
    const file = await fileToImport(folder);
    const home = join(folder, "home");
    const first = seed(22);
    const random = seededRandom(first);
    const history = new MixedHistory();
    for (let kill = 1; kill <= kills; kill++) {
      const lines = 2 + Math.floor(random() * 60);
      const run = { home, file, lines, seed: Math.floor(random() * 1e9), afterMs: Math.floor(random() * 40) };
      await runMixed(run, (line) => history.take(line));
      expectSound(home);
    }
    const counts = [history.done, history.cut].map((each) => JSON.stringify(Object.fromEntries(each)));
    report(`seed ${first}: ${kills} kills; done ${counts[0]}; cut short ${counts[1]}`);
    expect(history.done.size).toBeGreaterThan(3);
  },
);
