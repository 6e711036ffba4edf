import { mkdirSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { BackupShelf } from "../../../electron/workbench/backups/BackupShelf.ts";
import { ChatStore } from "../../../electron/workbench/chats/ChatStore.ts";
import { addAnsweredChat } from "../../support/chats/addAnsweredChat.ts";
import { storedRows } from "../../support/chats/storedRows.ts";
import { report, rounds, seed } from "../../support/longRun.ts";
import { openTestWorkbench } from "../../support/openTestWorkbench.ts";
import { seededRandom } from "../../support/seededRandom.ts";
import { temporaryFolder } from "../../support/temporaryFolder.ts";

const cycles = rounds(4);

test(`while chats are being changed, a backup is whole; restoring and undoing it change every row and back, ${cycles} times`, {
  timeout: 60_000 + cycles * 10_000,
}, async () => {
  const home = join(await temporaryFolder(), "home");
  mkdirSync(home);
  const filling = new ChatStore(home);
  for (let chat = 0; chat < 10; chat++) addAnsweredChat(filling, `chat ${chat}`, 5, "words ".repeat(chat * 50));
  filling.close();
  const { workbench } = await openTestWorkbench(home);
  const { chats } = await workbench.call("chats.list", {});
  const random = seededRandom(seed(12));
  const any = (): string => chats[Math.floor(random() * chats.length)]?.id ?? "";
  const path = join(home, "store", "chats.db");
  let slowestMs = 0;
  for (let cycle = 0; cycle < cycles; cycle++) {
    let isMade = false;
    const making = workbench.call("backups.make", {}).finally(() => (isMade = true));
    let writes = 0;
    while (!isMade || writes < 3) {
      const begun = performance.now();
      await workbench.call("chats.saveDraft", { chatId: any(), draft: `${cycle} ${writes++} ${"typed ".repeat(300)}` });
      slowestMs = Math.max(slowestMs, performance.now() - begun);
      await workbench.call("chats.rename", { chatId: any(), title: `title ${cycle} ${writes}` });
    }
    const [made] = (await making).backups;
    const backupId = made?.id ?? "";
    expect(new BackupShelf(home).countDamaged({ backupId })).toBe(0);
    const backup = storedRows(join(home, "backups", `${backupId}.db`));
    const before = storedRows(path);
    expect(before).not.toEqual(backup);
    const restored = await workbench.call("backups.restore", { backupId });
    expect(storedRows(path)).toEqual(backup);
    const undo = restored.backups.find(({ reason }) => reason === "restore")?.id ?? "";
    const undone = await workbench.call("backups.restore", { backupId: undo });
    expect(storedRows(path)).toEqual(before);
    expect(undone.backups.length).toBeLessThanOrEqual(3);
    expect(readdirSync(join(home, "backups")).filter((name) => !name.endsWith(".db"))).toEqual([]);
  }
  report(`seed ${seed(12)}: ${cycles} cycles, slowest change meanwhile ${Math.round(slowestMs)} ms`);
});
