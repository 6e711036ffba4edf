import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { DatabaseSync } from "@photostructure/sqlite";
import { describe, expect, it } from "vitest";
import { ChatStore } from "../../../electron/workbench/chats/ChatStore.ts";
import { allMessages } from "../../support/chats/allMessages.ts";
import { temporaryFolder } from "../../support/temporaryFolder.ts";

const rounds = 20;
const writer = fileURLToPath(new URL("../../support/chats/streamingWriter.mjs", import.meta.url));
const workerPath = fileURLToPath(new URL("../../../out/workbench/storeWorker.js", import.meta.url));

interface Acknowledged {
  begun: Set<string>;
  texts: Map<string, string>;
  finished: Set<string>;
}

/** Runs a process until it has acknowledged `count` writes, calls `meanwhile` while it is alive, and kills it. */
async function writeAndKill(home: string, chatId: string, count: number, meanwhile: () => void): Promise<Acknowledged> {
  const child = spawn(process.execPath, [writer, home, workerPath, chatId], { stdio: ["ignore", "pipe", "inherit"] });
  const exited = once(child, "exit");
  const acknowledged: Acknowledged = { begun: new Set(), texts: new Map(), finished: new Set() };
  let lines = 0;
  for await (const line of createInterface({ input: child.stdout })) {
    const said = JSON.parse(line) as { begun?: string; appended?: string; finished?: string; text?: string };
    if (said.begun !== undefined) acknowledged.begun.add(said.begun);
    if (said.appended !== undefined) acknowledged.texts.set(said.appended, said.text ?? "");
    if (said.finished !== undefined) acknowledged.finished.add(said.finished);
    lines++;
    if (lines === count) {
      meanwhile();
      child.kill("SIGKILL");
    }
  }
  const [code, signal] = (await exited) as [number | null, string | null];
  expect({ code, signal }).toEqual({ code: null, signal: "SIGKILL" });
  return acknowledged;
}

describe.skipIf(process.platform === "win32")("a process that is killed while it streams", () => {
  it(`loses nothing that was acknowledged, ${rounds} times over`, async () => {
    const home = await temporaryFolder();
    const begin = new ChatStore(home);
    const { id: chatId } = begin.createChat({ thinking: "on", modelId: null });
    begin.close();
    const all: Acknowledged = { begun: new Set(), texts: new Map(), finished: new Set() };
    for (let round = 1; round <= rounds; round++) {
      const { begun, texts, finished } = await writeAndKill(home, chatId, 3 + ((round * 37) % 90), () => {
        // A second process beside a running one must not touch the reply in progress.
        const beside = new ChatStore(home);
        const states = allMessages(beside, chatId).map(({ state }) => state);
        expect(states.filter((state) => state === "streaming").length).toBeLessThanOrEqual(1);
        beside.close();
      });
      for (const id of begun) all.begun.add(id);
      for (const id of finished) all.finished.add(id);
      for (const [id, text] of texts) all.texts.set(id, text);

      const store = new ChatStore(home);
      expect(store.notice).toBeNull();
      const replies = new Map(allMessages(store, chatId).map((message) => [message.id, message]));
      for (const id of all.begun) {
        const reply = replies.get(id);
        expect(reply, `reply ${id}`).toBeDefined();
        expect(reply?.problem).toBeNull();
        expect(reply?.text.startsWith(all.texts.get(id) ?? "")).toBe(true);
        if (all.finished.has(id)) expect(reply?.state).toBe("done");
        else expect(reply?.state).toMatch(/^(interrupted|done)$/);
      }
      store.close();
    }
    expect(all.finished.size).toBeGreaterThan(rounds / 2);
    const raw = new DatabaseSync(join(home, "store", "chats.db"));
    expect(raw.prepare("PRAGMA integrity_check").all()).toEqual([{ integrity_check: "ok" }]);
    raw.exec("INSERT INTO messageSearch (messageSearch, rank) VALUES ('integrity-check', 1)");
    raw.close();
  });
});
