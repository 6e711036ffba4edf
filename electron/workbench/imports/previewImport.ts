import { WorkbenchError } from "../../contract/errors.ts";
import type { ImportSource, SkipReason } from "../../contract/imports.ts";
import type { Preset } from "../../contract/presets.ts";
import { chatsHere } from "./chatsHere.ts";
import { type ImportPlan, markOf, unreadable } from "./ImportPlan.ts";
import { importLimits } from "./importLimits.ts";
import type { FoundChats } from "./importOperations.ts";
import { presetOf } from "./presetOf.ts";
import { readImport } from "./readImport.ts";

const mostTitles = 8;
const mostTitleChars = 200;
export interface PreviewOptions {
  signal: AbortSignal;
  onProgress: (done: number, total: number) => void;
  /** Resolves with those of the chats that are here. */
  shown: (chatIds: string[]) => Promise<string[]>;
}

/**
 * Reads a file whole, and returns what is in it and what is needed to import that. Rejects with `import-not-known`,
 * `import-nothing`, `import-newer`, `import-too-large`, `import-failed`, or the signal's reason.
 */
export async function previewImport(
  path: string,
  { signal, onProgress, shown }: PreviewOptions,
): Promise<{ found: FoundChats; plan: ImportPlan }> {
  const { mark, bytes } = await markOf(path);
  if (bytes > importLimits.bytes)
    throw new WorkbenchError("import-too-large", { case: "file", mostBytes: importLimits.bytes });
  let source: ImportSource | null = null;
  let isComplete = true;
  let leftOut = 0;
  let chars = 0;
  let doneBytes = 0;
  const bad = new Set<number>();
  const skipped = new Map<SkipReason, number>();
  const titles: { title: string; position: number }[] = [];
  const ids: string[] = [];
  const presets: Preset[] = [];
  const folders: FoundChats["folders"] = [];
  let position = -1;
  let messages = 0;
  let ofChat = 0;
  const skip = (reason: SkipReason): void => void skipped.set(reason, (skipped.get(reason) ?? 0) + 1);
  try {
    for await (const incoming of readImport(path, (count) => onProgress((doneBytes += count), bytes))) {
      signal.throwIfAborted();
      switch (incoming.type) {
        case "source":
          source ??= incoming.source;
          break;
        case "folder":
          folders.push({ id: incoming.id, name: incoming.name });
          break;
        case "preset":
          presets.push(presetOf(incoming));
          break;
        case "chat":
          if (++position >= importLimits.chats) {
            throw new WorkbenchError("import-too-large", { case: "chats", most: importLimits.chats });
          }
          ofChat = 0;
          ids.push(incoming.id);
          if (titles.length < mostTitles * 2) titles.push({ title: incoming.title.slice(0, mostTitleChars), position });
          break;
        case "document":
        case "draft":
          break;
        case "text":
          chars += incoming.text.length;
          break;
        case "message":
          ofChat++;
          chars += incoming.text.length + (incoming.thought?.length ?? 0);
          if (++messages > importLimits.messages) {
            throw new WorkbenchError("import-too-large", { case: "messages", most: importLimits.messages });
          }
          break;
        case "skipped":
          skip(incoming.reason);
          if (incoming.isBegun) {
            bad.add(position);
            messages -= ofChat;
          }
          break;
        case "leftOut":
          leftOut += incoming.count;
          break;
        case "incomplete":
          isComplete = false;
          break;
      }
    }
  } catch (error) {
    throw unreadable(error);
  }
  if (source === null) throw new WorkbenchError("import-not-known");
  const chats = position + 1 - bad.size;
  if (chats + folders.length + presets.length === 0) throw new WorkbenchError("import-nothing");
  const here = await chatsHere(ids, shown);
  return {
    found: {
      source,
      chats,
      messages,
      folders,
      presets,
      here: ids.filter((id, index) => here.has(id) && !bad.has(index)).length,
      titles: titles
        .filter((each) => !bad.has(each.position))
        .slice(0, mostTitles)
        .map(({ title }) => title),
      skipped: [...skipped].map(([reason, count]) => ({ reason, count })),
      leftOut,
      isComplete,
      chars,
    },
    plan: { mark, chats, messages, bad, ids },
  };
}
