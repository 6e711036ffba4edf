import { basename, dirname } from "node:path/posix";
import type { Readable } from "node:stream";
import { promisify } from "node:util";
import { type Entry, open, type ZipFile } from "yauzl";
import { WorkbenchError } from "../../contract/errors.ts";
import { zipEntries } from "../zip/zipEntries.ts";
import { zipStream } from "../zip/zipStream.ts";
import { jan } from "./formats/jan.ts";
import { importLimits } from "./importLimits.ts";
import type { Incoming } from "./Incoming.ts";
import { jsonItems } from "./jsonItems.ts";
import { parsedJson } from "./parsedJson.ts";
import { isChatFile, readChatFile } from "./readChatFile.ts";
import { readForeignJson } from "./readForeignJson.ts";
import { recordsOf } from "./recordsOf.ts";

const openZip = promisify(open) as (path: string, options: object) => Promise<ZipFile>;

/**
 * Returns the chats in the JSON files of a .zip file. Nothing is unpacked to the disk, the names of the files only decide
 * what is read, and .zip files within are not opened. Throws `import-too-large`, also for what was packed to become huge,
 * or `import-failed`.
 */
export async function* readZip(path: string, onBytes: (bytes: number) => void): AsyncGenerator<Incoming> {
  const zip = await openZip(path, { lazyEntries: true, autoClose: false, validateEntrySize: true }).catch(damaged);
  try {
    if (zip.entryCount > importLimits.zipEntries) throw new WorkbenchError("import-too-large", { case: "zip" });
    const entries = (await zipEntries(zip).catch(damaged)).filter(({ fileName }) => /\.jsonl?$/i.test(fileName));
    refuseBombs(entries);
    // By their folders.
    const threads = new Map<string, Entry>();
    const messages = new Map<string, Entry>();
    for (const entry of entries) {
      const folder = dirname(entry.fileName);
      if (basename(entry.fileName) === "thread.json") threads.set(folder, entry);
      else if (isMessages(entry) && !messages.has(folder)) messages.set(folder, entry);
    }
    for (const entry of entries) {
      const folder = dirname(entry.fileName);
      const thread = threads.get(folder);
      if (thread === entry) yield* readThread(zip, thread, messages.get(folder));
      else if (thread === undefined || !isMessages(entry)) yield* readJson(await contentOf(zip, entry));
      onBytes(entry.compressedSize);
    }
  } finally {
    zip.close();
  }
}

const isMessages = ({ fileName }: Entry): boolean => basename(fileName) === "messages.jsonl";

function damaged(error: unknown): never {
  if (error instanceof WorkbenchError) throw error;
  throw new WorkbenchError("import-failed", { case: "damaged" }, error instanceof Error ? error.message : "");
}

/** The sizes that the entries state are enforced while they are read. */
function refuseBombs(entries: readonly Entry[]): void {
  let bytes = 0;
  for (const { uncompressedSize, compressedSize } of entries) {
    bytes += uncompressedSize;
    const isBomb =
      uncompressedSize > importLimits.ratioBytes && uncompressedSize > importLimits.ratio * Math.max(1, compressedSize);
    if (isBomb || bytes > importLimits.bytes) throw new WorkbenchError("import-too-large", { case: "zip" });
  }
}

async function contentOf(zip: ZipFile, entry: Entry): Promise<AsyncIterable<Buffer>> {
  if (entry.isEncrypted()) throw new WorkbenchError("import-failed", { case: "unreadable" });
  const stream = await zipStream(zip, entry).catch(damaged);
  return checked(stream);
}

async function* checked(stream: Readable): AsyncGenerator<Buffer> {
  try {
    for await (const chunk of stream) yield chunk as Buffer;
  } catch (error) {
    damaged(error);
  }
}

async function* readJson(stream: AsyncIterable<Buffer>): AsyncGenerator<Incoming> {
  const chunks = stream[Symbol.asyncIterator]();
  const first = await chunks.next();
  if (first.done === true) return;
  const all = (async function* (): AsyncGenerator<Buffer> {
    yield first.value;
    for (let next = await chunks.next(); next.done !== true; next = await chunks.next()) yield next.value;
  })();
  const isOurs = isChatFile(first.value.subarray(0, 100).toString("latin1"));
  yield* isOurs ? readChatFile(all) : readForeignJson(all);
}

async function* readThread(zip: ZipFile, thread: Entry, messages: Entry | undefined): AsyncGenerator<Incoming> {
  const limits = { mostBytes: importLimits.itemBytes, mostDepth: importLimits.depth };
  const objectsIn = async (entry: Entry): Promise<unknown[] | null> => {
    if (entry.uncompressedSize > importLimits.itemBytes) return null;
    const objects: unknown[] = [];
    for await (const item of jsonItems(await contentOf(zip, entry), limits)) {
      if ("bytes" in item) objects.push(parsedJson(item.bytes));
    }
    return objects;
  };
  const head = await objectsIn(thread);
  const lines = messages === undefined ? [] : await objectsIn(messages);
  yield { type: "source", source: "jan" };
  const chat = head === null || lines === null ? null : jan(head[0], lines);
  if (chat !== null) yield* recordsOf("jan", chat);
  else yield { type: "skipped", reason: head === null || lines === null ? "tooLarge" : "damaged", isBegun: false };
}
