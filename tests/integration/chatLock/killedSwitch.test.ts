import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import { appPaths } from "../../../electron/workbench/appPaths.ts";
import { BackupClient } from "../../../electron/workbench/backups/BackupClient.ts";
import { ChatStore } from "../../../electron/workbench/chats/ChatStore.ts";
import type { SwitchLine } from "../../support/chatLock/SwitchLine.ts";
import { addAnsweredChat } from "../../support/chats/addAnsweredChat.ts";
import { filesWith } from "../../support/chats/filesWith.ts";
import { readText } from "../../support/documents/readText.ts";
import { report, rounds, seed } from "../../support/longRun.ts";
import { seededRandom } from "../../support/seededRandom.ts";
import { temporaryFolder } from "../../support/temporaryFolder.ts";

const kills = rounds(4);
const paths = appPaths(fileURLToPath(new URL("../../../out/cli", import.meta.url)));
const program = fileURLToPath(new URL("../../support/chatLock/switchingProgram.ts", import.meta.url));

/** A home with chats, a document and two backups, in all of which is a word. */
async function fill(home: string): Promise<void> {
  const backups = new BackupClient({ home, workerPath: paths.backupWorker });
  for (const part of [1, 2]) {
    const store = new ChatStore(home);
    for (let chat = 0; chat < 10; chat++) addAnsweredChat(store, `okapi ${part}.${chat}`, 10, "okapi ".repeat(200));
    const document = readText([`okapi ${part} ${"page ".repeat(2000)}`]);
    store.documents.addDocument({ chatId: null, name: "okapi.txt", document });
    store.close();
    await backups.request("make", { reason: "asked" });
  }
  await backups.close();
}

interface Run {
  seed: string;
  passphrases: string[];
  /** Killed so long after it has printed so many lines, with the processes that it has started or without them. */
  kill: { lines: number; afterMs: number; isWhole: boolean } | null;
}

/** Runs the program and kills it. Rejects with what it printed if it failed. */
async function run(home: string, { seed: given, passphrases, kill }: Run): Promise<SwitchLine[]> {
  const child = spawn(paths.engine.nodePath, ["--no-warnings", program, home, given, ...passphrases], {
    // A group of its own.
    detached: true,
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, SQLITE_USE_URI: "1" },
  });
  const exited = once(child, "close");
  let failure = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => (failure += text));
  const lines: SwitchLine[] = [];
  for await (const text of createInterface({ input: child.stdout })) {
    lines.push(JSON.parse(text) as SwitchLine);
    if (lines.length === kill?.lines) setTimeout(() => end(child, kill.isWhole), kill.afterMs);
  }
  const [code, signal] = (await exited) as [number | null, string | null];
  if (kill === null ? code !== 0 : signal !== "SIGKILL") throw new Error(`${code ?? signal}: ${failure}`);
  return lines;
}

function end(child: ChildProcess, isWhole: boolean): void {
  if (isWhole && child.pid !== undefined) process.kill(-child.pid, "SIGKILL");
  else child.kill("SIGKILL");
}

it.skipIf(process.platform === "win32")(
  `whenever it is killed while chats are encrypted or decrypted, all of them are there, ${kills} times over`,
  { timeout: 120_000 + kills * 90_000 },
  async () => {
    const home = await temporaryFolder();
    await fill(home);
    const first = seed(22);
    const random = seededRandom(first);
    const cut: Record<string, number> = {};
    let passphrases = ["passphrase of the beginning"];
    let rows: string | null = null;
    const known = new Set<string>();
    const take = (lines: readonly SwitchLine[]): void => {
      for (const line of lines) {
        if ("passphrases" in line) passphrases = line.passphrases;
        else if ("notice" in line) throw new Error(`The store was not whole: ${line.notice}`);
        else {
          rows ??= line.rows;
          expect(line.rows).toBe(rows);
          const found = new Set(line.backups);
          for (const each of known) expect(found).toContain(each);
          for (const each of found) known.add(each);
        }
      }
    };
    for (let kill = 1; kill <= kills; kill++) {
      const isWhole = random() < 0.5;
      const when = { lines: 2 + Math.floor(random() * 3), afterMs: Math.floor(random() * 1500), isWhole };
      const lines = await run(home, { seed: String(Math.floor(random() * 1e9)), passphrases, kill: when });
      take(lines);
      const last = lines.at(-1);
      const what = last !== undefined && "begun" in last ? last.begun : "nothing";
      cut[what] = (cut[what] ?? 0) + 1;
    }
    take(await run(home, { seed: "end", passphrases, kill: null }));
    expect(known.size).toBe(2);
    expect(filesWith(home, "okapi")).toEqual([]);
    expect(existsSync(join(home, "store", "chats-encrypted.db"))).toBe(true);
    report(`seed ${first}: ${kills} kills; cut short ${JSON.stringify(cut)}`);
  },
);
