import { randomUUID } from "node:crypto";
import { WorkbenchError } from "../../contract/errors.ts";
import { chatsHere } from "./chatsHere.ts";
import { type ImportPlan, markOf, unreadable } from "./ImportPlan.ts";
import type { ImportedCount } from "./importOperations.ts";
import type { Incoming } from "./Incoming.ts";
import { presetOf } from "./presetOf.ts";
import { readImport } from "./readImport.ts";

/** So that the store's other requests seldom wait long. */
const linesAtOnce = 200;
const charsAtOnce = 300_000;

export interface StageOptions {
  /** Whether chats that are already here are left out or imported as copies. */
  here: "skip" | "copy";
  signal: AbortSignal;
  onProgress: (done: number, total: number) => void;
  /** Resolves with those of the chats that are here. */
  shown: (chatIds: string[]) => Promise<string[]>;
  /** Stores records, each a line of JSON. */
  staged: (lines: string[]) => Promise<unknown>;
}

/**
 * Reads a file again that was previewed, and stages its chats. Rejects with `import-changed` if what is in it is not what
 * was previewed, and with the errors of `previewImport`. What was staged must then be dropped.
 */
export async function stageImport(path: string, plan: ImportPlan, options: StageOptions): Promise<ImportedCount> {
  const { here, signal, onProgress, shown, staged } = options;
  await expectUnchanged(path, plan);
  const imported: ImportedCount = { chats: 0, messages: 0, skipped: 0, presets: [] };
  const read = { position: -1, messages: 0 };
  const idsHere = await chatsHere(plan.ids, shown);
  let lines: string[] = [];
  let chars = 0;
  let isTaken = false;
  let storing: Promise<unknown> = Promise.resolve();
  /** What is next is read while the store works. */
  const send = async (): Promise<void> => {
    await storing;
    signal.throwIfAborted();
    storing = lines.length > 0 ? staged(lines) : Promise.resolve();
    // It is told when it is waited for.
    storing.catch(() => undefined);
    lines = [];
    chars = 0;
  };
  const add = async (record: Incoming): Promise<void> => {
    const line = JSON.stringify(record);
    lines.push(line);
    chars += line.length;
    if (lines.length >= linesAtOnce || chars >= charsAtOnce) await send();
  };
  const take = async (incoming: Incoming): Promise<void> => {
    if (incoming.type === "chat") {
      read.position++;
      isTaken = !plan.bad.has(read.position);
      if (!isTaken) return;
      onProgress(imported.chats + imported.skipped, plan.chats);
      const isHere = idsHere.has(incoming.id);
      if (isHere && here === "skip") {
        isTaken = false;
        imported.skipped++;
        return;
      }
      imported.chats++;
      await add(isHere ? { ...incoming, id: randomUUID() } : incoming);
    } else if (incoming.type === "folder") await add(incoming);
    else if (incoming.type === "preset") imported.presets.push(presetOf(incoming));
    else if (incoming.type === "message") {
      if (plan.bad.has(read.position)) return;
      read.messages++;
      if (!isTaken) return;
      imported.messages++;
      await add(incoming);
    } else if (incoming.type === "document" || incoming.type === "text" || incoming.type === "draft") {
      if (isTaken && !plan.bad.has(read.position)) await add(incoming);
    }
  };
  try {
    for await (const incoming of readImport(path, () => undefined)) {
      signal.throwIfAborted();
      await take(incoming);
    }
  } catch (error) {
    throw unreadable(error);
  } finally {
    // What was staged may be dropped next.
    await storing.catch(() => undefined);
  }
  await send();
  await storing;
  signal.throwIfAborted();
  const isSame = read.position + 1 - plan.bad.size === plan.chats && read.messages === plan.messages;
  if (!isSame) throw new WorkbenchError("import-changed");
  await expectUnchanged(path, plan);
  return imported;
}

async function expectUnchanged(path: string, { mark }: ImportPlan): Promise<void> {
  if ((await markOf(path)).mark !== mark) throw new WorkbenchError("import-changed");
}
