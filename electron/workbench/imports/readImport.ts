import { constants, createReadStream } from "node:fs";
import { open } from "node:fs/promises";
import { WorkbenchError } from "../../contract/errors.ts";
import type { Incoming } from "./Incoming.ts";
import { isChatFile, readChatFile } from "./readChatFile.ts";
import { readForeignJson } from "./readForeignJson.ts";
import { readOllama } from "./readOllama.ts";
import { readZip } from "./readZip.ts";

const startBytes = 4096;
const chunkBytes = 1024 * 1024;

/**
 * Returns what is in a file, of whichever format it is. Its name does not matter. `onBytes` is called with how much of
 * the file was read since the last time.
 */
export async function* readImport(path: string, onBytes: (bytes: number) => void): AsyncGenerator<Incoming> {
  const start = await startOf(path);
  const text = start.toString("latin1");
  if (text.startsWith("PK\x03\x04")) yield* readZip(path, onBytes);
  else if (text.startsWith("SQLite format 3\0")) yield* readOllama(path);
  else {
    const stream = counted(createReadStream(path, { highWaterMark: chunkBytes }), onBytes);
    if (isChatFile(text.replace(/^\xef\xbb\xbf/, ""))) yield* readChatFile(stream);
    else yield* readForeignJson(stream);
  }
}

async function startOf(path: string): Promise<Buffer> {
  // A named pipe would hold up the process until something writes to it.
  const file = await open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  try {
    if (!(await file.stat()).isFile()) throw new WorkbenchError("import-failed", { case: "unreadable" });
    const { buffer, bytesRead } = await file.read(Buffer.alloc(startBytes), 0, startBytes, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}

async function* counted(stream: AsyncIterable<Buffer>, onBytes: (bytes: number) => void): AsyncGenerator<Buffer> {
  for await (const chunk of stream) {
    onBytes(chunk.length);
    yield chunk;
  }
}
