import { createHash } from "node:crypto";
import { buffer } from "node:stream/consumers";
import { isMainThread, parentPort, Worker, workerData } from "node:worker_threads";
import { fileURLToPath } from "node:url";
import { dirname, join } from "node:path";
import type { ReadDocument } from "../../contract/documents.ts";
import type { DocumentCase } from "../../contract/errors.ts";
import { documentLimits } from "./documentLimits.ts";
import { DocumentProblem } from "./DocumentProblem.ts";
import { readBytes } from "./readBytes.ts";

// The entry point of a process that reads one document, because documents are hostile input: `documentReader.mjs NAME`
// gets its bytes on stdin and prints the answer as JSON. It may read only its own files, and write and start nothing.

/** What the process prints. */
export type ReaderAnswer = { document: ReadDocument } | { problem: DocumentCase };

const memoryWatchMs = 50;

if (isMainThread) await watch();
else await read(workerData as { bytes: Uint8Array; name: string });

/** The document is read in a thread, so that this one can end the process when that takes too much memory. */
async function watch(): Promise<void> {
  const bytes = await buffer(process.stdin).then(
    (read) => new Uint8Array(read),
    () => null,
  );
  // The disk has failed, or the drive has gone: nothing is known of the document.
  if (bytes === null) return answer({ problem: "notRead" });
  // What libraries print there must not become part of the answer.
  const quiet = { stdout: true, stderr: true };
  const data = { bytes, name: process.argv[2] ?? "" };
  const worker = new Worker(new URL(import.meta.url), { workerData: data, ...quiet });
  const watching = setInterval(() => {
    if (process.memoryUsage.rss() > documentLimits.memoryBytes) answer({ problem: "tooLarge" });
  }, memoryWatchMs);
  worker.once("message", (read: ReaderAnswer) => answer(read));
  worker.once("error", (error) => {
    const isMemory = (error as { code?: string }).code === "ERR_WORKER_OUT_OF_MEMORY";
    answer({ problem: isMemory ? "tooLarge" : "damaged" });
  });
  worker.once("exit", () => clearInterval(watching));
}

/** The process ends once this is written. */
function answer(read: ReaderAnswer): void {
  process.stdout.write(JSON.stringify(read), () => process.exit(0));
}

async function read({ bytes, name }: { bytes: Uint8Array; name: string }): Promise<void> {
  // Reading may take the bytes away.
  const file = { sizeBytes: bytes.length, sha256: createHash("sha256").update(bytes).digest("hex") };
  const cmaps = join(dirname(fileURLToPath(import.meta.url)), "cmaps");
  const found = await readBytes(bytes, name, cmaps).then(
    (document): ReaderAnswer => ({ document: { ...document, ...file } }),
    (error: unknown): ReaderAnswer => ({ problem: error instanceof DocumentProblem ? error.case : "damaged" }),
  );
  parentPort?.postMessage(found);
}
