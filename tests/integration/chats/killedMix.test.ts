import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { DatabaseSync } from "@photostructure/sqlite";
import { expect, it } from "vitest";
import { ChatStore } from "../../../electron/workbench/chats/ChatStore.ts";
import { isIntact } from "../../../electron/workbench/chats/messageRow.ts";
import type { MixedLine, MixedState } from "../../support/chats/MixedState.ts";
import { stagedLines } from "../../support/chats/stagedLines.ts";
import { enginePaths } from "../../support/engine/engineForTests.ts";
import { exportTo } from "../../support/exports/moveChats.ts";
import { report, rounds, seed } from "../../support/longRun.ts";
import { seededRandom } from "../../support/seededRandom.ts";
import { temporaryFolder } from "../../support/temporaryFolder.ts";

const program = fileURLToPath(new URL("../../support/chats/mixingWriter.ts", import.meta.url));
const importedChats = 7;
const kills = rounds(6);

type Content = Pick<MixedState, "chats" | "folders">;
interface Known {
  /** What was there after the last deed that ended. */
  state: MixedState;
  /** The deed that was going on. */
  pending: MixedLine | null;
  /** What each backup has. */
  backups: Map<string, Content>;
  /** The imported chats that were not changed since. */
  imported: Map<string, string>;
}

/** Runs the writer until it has printed so many lines and some more time has passed, and kills it. */
async function runAndKill(args: string[], lines: number, afterMs: number, onLine: (line: MixedLine) => void) {
  const child = spawn(enginePaths.nodePath, ["--no-warnings", program, ...args], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const exited = once(child, "exit");
  let count = 0;
  try {
    for await (const text of createInterface({ input: child.stdout })) {
      onLine(JSON.parse(text) as MixedLine);
      if (++count === lines) setTimeout(() => child.kill("SIGKILL"), afterMs);
    }
  } catch (error) {
    child.kill("SIGKILL");
    throw error;
  }
  const [code, signal] = (await exited) as [number | null, string | null];
  expect({ code, signal }).toEqual({ code: null, signal: "SIGKILL" });
}

/** A reply that was being written is interrupted by the next start. */
const settled = (chat: MixedState["chats"][string] | undefined): string =>
  JSON.stringify(chat ?? null).replaceAll('"streaming"', '"interrupted"');
const same = (one: Content, other: Content, except: readonly string[] = []): boolean => {
  const ids = new Set([...Object.keys(one.chats), ...Object.keys(other.chats)]);
  return [...ids].every((id) => except.includes(id) || settled(one.chats[id]) === settled(other.chats[id]));
};
const without = ({ chats, folders }: Content, gone: readonly string[]): Content => ({
  chats: Object.fromEntries(Object.entries(chats).filter(([id]) => !gone.includes(id))),
  folders,
});
const sameFolders = (one: Content, other: Content): boolean => one.folders.join() === other.folders.join();

/** Says what is wrong with what a start found, or nothing. */
function wrongWith(found: MixedState, { state, pending, backups, imported }: Known): string | null {
  if (same(found, state) && sameFolders(found, state)) return null;
  const deed = pending?.begun ?? "nothing";
  const about = pending?.chats ?? [];
  const come = Object.keys(found.chats).filter((id) => !(id in state.chats));
  const gone = Object.keys(state.chats).filter((id) => !(id in found.chats));
  if (deed === "restore") {
    const backup = backups.get(about[0] ?? "");
    return backup !== undefined && same(found, backup) && sameFolders(found, backup) ? null : "half restored";
  }
  if (deed === "eraseAll") return Object.keys(found.chats).length === 0 ? null : "half erased";
  if (deed === "import") {
    const isWhole = come.length === importedChats && gone.length === 0 && same(found, state, come);
    return isWhole ? null : `${come.length} of ${importedChats} chats imported`;
  }
  if (deed === "undoImport") {
    const unchanged = [...imported].filter(([id, was]) => settled(state.chats[id]) === was).map(([id]) => id);
    const isAll = unchanged.every((id) => gone.includes(id)) && gone.every((id) => imported.has(id));
    return isAll && come.length === 0 && same(found, state, gone) ? null : "half undone";
  }
  if (deed === "delete") return same(found, without(state, about)) ? null : "another chat changed";
  if (deed === "folder") return same(found, state, about) && come.length + gone.length === 0 ? null : "chats changed";
  if (["create", "branch"].includes(deed)) {
    return come.length <= 1 && gone.length === 0 && same(found, state, come) ? null : "another chat changed";
  }
  if (["send", "regenerate", "removeReply", "attach", "change"].includes(deed)) {
    if (come.length + gone.length > 0 || !same(found, state, about) || !sameFolders(found, state))
      return "others changed";
    // Nothing that was there has another text. A regenerated or removed reply is on another branch.
    const texts = new Map(found.chats[about[0] ?? ""]?.messages.map(([id, text]) => [id, text]));
    const before = state.chats[about[0] ?? ""]?.messages ?? [];
    const kept = ["regenerate", "removeReply"].includes(deed) ? before.filter(([id]) => texts.has(id)) : before;
    return kept.every(([id, text]) => texts.get(id) === text) ? null : "a message changed";
  }
  return "changed without a deed";
}

/** SQLite, the search index and the hash of each message find nothing wrong. */
function expectSound(home: string): void {
  const raw = new DatabaseSync(join(home, "store", "chats.db"));
  expect(raw.prepare("PRAGMA integrity_check").all()).toEqual([{ integrity_check: "ok" }]);
  expect(raw.prepare("PRAGMA foreign_key_check").all()).toEqual([]);
  raw.exec("INSERT INTO messageSearch (messageSearch, rank) VALUES ('integrity-check', 1)");
  const rows = raw.prepare("SELECT * FROM messages");
  rows.setReadBigInts(true);
  for (const row of rows.iterate()) expect(isIntact(row)).toBe(true);
  raw.close();
}

it.skipIf(process.platform === "win32")(
  `whatever is done with chats when the app is killed, what was done is there, and the rest is whole or not there, ${kills} times over`,
  { timeout: 60_000 + kills * 30_000 },
  async () => {
    const folder = await temporaryFolder();
    const file = join(folder, "chats.jsonl");
    const from = join(folder, "from");
    mkdirSync(from);
    const source = new ChatStore(from);
    source.stageChats({ lines: stagedLines({ chats: importedChats, messages: 6, text: "quokka ".repeat(30) }) });
    source.showStaged();
    source.close();
    await exportTo(from, file);

    const first = seed(22);
    const random = seededRandom(first);
    const home = join(folder, "home");
    const known: Known = {
      state: { chats: {}, folders: [], backups: [] },
      pending: null,
      backups: new Map(),
      imported: new Map(),
    };
    const deeds = new Map<string, number>();
    const cut = new Map<string, number>();
    let done = 0;
    const keepBackups = (ids: readonly string[]): void => {
      for (const id of ids) if (!known.backups.has(id) && !id.endsWith("-day")) known.backups.set(id, known.state);
    };
    for (let kill = 1; kill <= kills; kill++) {
      const lines = 2 + Math.floor(random() * 60);
      const seedOfRun = Math.floor(random() * 1e9);
      const afterMs = Math.floor(random() * 40);
      await runAndKill([home, String(seedOfRun), file], lines, afterMs, (line) => {
        expect(line.notice ?? null).toBeNull();
        if (line.opened !== undefined) {
          const wrong = wrongWith(line.opened, known);
          const facts = { first, kill, seedOfRun, pending: known.pending, wrong };
          if (wrong !== null) throw new Error(JSON.stringify({ ...facts, was: known.state, is: line.opened }));
          if (known.pending !== null) cut.set(known.pending.begun ?? "", (cut.get(known.pending.begun ?? "") ?? 0) + 1);
          keepBackups(line.opened.backups);
          known.state = line.opened;
          known.pending = null;
        }
        if (line.begun !== undefined) known.pending = line;
        if (line.state !== undefined) {
          const name = line.done ?? "";
          deeds.set(name, (deeds.get(name) ?? 0) + 1);
          done++;
          if (name === "restore") {
            const backup = known.backups.get(known.pending?.chats?.[0] ?? "");
            if (backup !== undefined) expect(same(line.state, backup) && sameFolders(line.state, backup)).toBe(true);
          }
          keepBackups(line.state.backups);
          if (name === "import") {
            const { chats } = known.state;
            const come = Object.entries(line.state.chats).filter(([id]) => !(id in chats));
            expect(come).toHaveLength(importedChats);
            known.imported = new Map(come.map(([id, chat]) => [id, settled(chat)]));
          }
          known.state = line.state;
          known.pending = null;
        }
      });
      expectSound(home);
    }
    report(
      `seed ${first}: ${kills} kills, ${done} deeds ${JSON.stringify(Object.fromEntries(deeds))}; cut short: ${JSON.stringify(Object.fromEntries(cut))}`,
    );
    expect(done).toBeGreaterThan(kills);
  },
);
