import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { onTestFinished, describe, expect, it } from "vitest";
import { WorkbenchError } from "../../../electron/contract/errors.ts";
import { ChatStore } from "../../../electron/workbench/chats/ChatStore.ts";
import { allMessages } from "../../support/chats/allMessages.ts";
import { canMount, mountDisk } from "../../support/mountedDisk.ts";
import { temporaryFolder } from "../../support/temporaryFolder.ts";

describe.skipIf(!canMount)("a full disk (needs root on Linux, to mount a small one)", () => {
  it("fails with disk-full, keeps what was acknowledged, and works again once there is space", async () => {
    const home = join(await temporaryFolder(), "disk");
    mountDisk(home, 4);
    const filler = join(home, "filler");
    writeFileSync(filler, Buffer.alloc(2_000_000));
    const store = new ChatStore(home);
    onTestFinished(() => store.close());
    const { id: chatId } = store.createChat({ thinking: "on", modelId: null });
    const kept: string[] = [];
    let refused: unknown = null;
    while (refused === null) {
      const text = `${kept.length} ${"words ".repeat(10_000)}`;
      try {
        const { reply } = store.beginTurn({ chatId, text, model: null });
        kept.push(text);
        store.finishReply({
          messageId: reply.id,
          text: "",
          thought: null,
          state: "stopped",
          stats: null,
          problem: null,
        });
      } catch (error) {
        refused = error;
      }
    }
    expect(refused).toBeInstanceOf(WorkbenchError);
    expect(refused).toMatchObject({ code: "disk-full" });
    const stored = () => allMessages(store, chatId).filter(({ role }) => role === "user");
    expect(stored().map(({ text }) => text)).toEqual(kept);

    rmSync(filler);
    const streaming = allMessages(store, chatId).find(({ state }) => state === "streaming");
    if (streaming !== undefined) {
      store.finishReply({
        messageId: streaming.id,
        text: "late",
        thought: null,
        state: "done",
        stats: null,
        problem: null,
      });
    }
    store.beginTurn({ chatId, text: "after", model: null });
    expect(stored().map(({ text }) => text)).toEqual([...kept, "after"]);
  });
});
