import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { ChatStore } from "../../../electron/workbench/chats/ChatStore.ts";
import { enginePaths } from "../engine/engineForTests.ts";
import { exportTo } from "../exports/moveChats.ts";
import { importedChats } from "./MixedHistory.ts";
import type { MixedLine } from "./MixedState.ts";
import { stagedLines } from "./stagedLines.ts";

const program = fileURLToPath(new URL("mixingWriter.ts", import.meta.url));

export interface MixedRun {
  home: string;
  seed: number;
  /** What it imports. */
  file: string;
  /** It is killed when it has printed so many lines and so much time has passed. */
  lines: number;
  afterMs: number;
  env?: Record<string, string>;
}

/** Runs `mixingWriter` and kills it. Rejects if it ended by itself, or with what `onLine` throws. */
export async function runMixed(run: MixedRun, onLine: (line: MixedLine) => void): Promise<void> {
  const child = spawn(enginePaths.nodePath, ["--no-warnings", program, run.home, String(run.seed), run.file], {
    stdio: ["ignore", "pipe", "inherit"],
    env: { ...process.env, ...run.env },
  });
  const exited = once(child, "exit");
  let count = 0;
  try {
    for await (const text of createInterface({ input: child.stdout })) {
      onLine(JSON.parse(text) as MixedLine);
      if (++count === run.lines) setTimeout(() => child.kill("SIGKILL"), run.afterMs);
    }
  } catch (error) {
    child.kill("SIGKILL");
    throw error;
  }
  const [code, signal] = (await exited) as [number | null, string | null];
  if (signal !== "SIGKILL") throw new Error(`the writer ended by itself: ${code ?? signal}`);
}

/** Writes a file of chats to import into this folder. Resolves with its path. */
export async function fileToImport(folder: string): Promise<string> {
  const from = join(folder, "from");
  mkdirSync(from);
  const source = new ChatStore(from);
  source.stageChats({ lines: stagedLines({ chats: importedChats, messages: 6, text: "quokka ".repeat(30) }) });
  source.showStaged({ chats: null });
  source.close();
  const file = join(folder, "chats.jsonl");
  await exportTo(from, file);
  return file;
}
