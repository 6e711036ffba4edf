import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { ChatStore } from "../../../electron/workbench/chats/ChatStore.ts";
import { addAnsweredChat } from "../../support/chats/addAnsweredChat.ts";
import { foundChats } from "../../support/chats/foundChats.ts";
import { canMount, mountDisk } from "../../support/mountedDisk.ts";
import { openTestWorkbench } from "../../support/openTestWorkbench.ts";
import { temporaryFolder } from "../../support/temporaryFolder.ts";

/** A home whose store is on a disk of its own, which can become read-only as a damaged or locked one does. */
async function homeWithDisk(): Promise<{ home: string; turn: (mode: "ro" | "rw") => void }> {
  const home = join(await temporaryFolder(), "home");
  return { home, turn: mountDisk(join(home, "store"), 20) };
}

describe.skipIf(!canMount)("a store on a read-only disk (needs root on Linux, to mount one)", () => {
  it("is read and searched; changes are refused with a code; nothing is written", async () => {
    const { home, turn } = await homeWithDisk();
    const first = new ChatStore(home);
    const chatId = addAnsweredChat(first, "kept", 2);
    first.close();
    const bytes = readFileSync(join(home, "store", "chats.db"));
    turn("ro");
    const store = new ChatStore(home);
    expect(store.readOnly).toBe("readOnly");
    expect(store.openChat({ chatId }).messages).toHaveLength(4);
    expect(foundChats(store, "kept answer 2")).toEqual([chatId]);
    const refused = expect.objectContaining({ code: "store-read-only", facts: { case: "readOnly" } }) as Error;
    expect(() => store.renameChat({ chatId, title: "x" })).toThrow(refused);
    store.close();
    expect(readFileSync(join(home, "store", "chats.db")).equals(bytes)).toBe(true);
    expect(readdirSync(join(home, "store"))).toEqual(["chats.db", "owners"]);
  });

  it("is told within two seconds, also while the app runs, and is written again as soon as that is possible", async () => {
    const { home, turn } = await homeWithDisk();
    const before = new ChatStore(home);
    addAnsweredChat(before, "kept", 2);
    before.close();
    turn("ro");
    const { workbench } = await openTestWorkbench(home);
    const { chats } = await workbench.call("chats.list", {});
    const chatId = chats[0]?.id ?? "";
    const codes = async () => (await workbench.call("notices.list", {})).map(({ problem }) => problem.code);
    expect(await codes()).toEqual(["store-read-only"]);
    await expect(workbench.call("chats.saveDraft", { chatId, draft: "typed" })).rejects.toMatchObject({
      code: "store-read-only",
    });
    turn("rw");
    await expect.poll(codes, { timeout: 10_000 }).toEqual([]);
    await workbench.call("chats.saveDraft", { chatId, draft: "typed" });
    expect((await workbench.call("chats.open", { chatId })).chat.draft).toBe("typed");
  });
});
