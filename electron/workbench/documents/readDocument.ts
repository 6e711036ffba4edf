import { constants } from "node:fs";
import { type FileHandle, open } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { z } from "zod";
import { documentFormats, documentUnits, type ReadDocument } from "../../contract/documents.ts";
import { documentCases, WorkbenchError } from "../../contract/errors.ts";
import { childEnvironment } from "../children/childEnvironment.ts";
import { runChild } from "../children/runChild.ts";
import { systemCode } from "../systemCode.ts";
import { documentLimits } from "./documentLimits.ts";

export interface DocumentReader {
  /** Our Node. */
  nodePath: string;
  /** The built `documentReader.mjs`. */
  entry: string;
}

interface ReadOptions {
  signal?: AbortSignal;
  limitMs?: number;
  given?: FileHandle;
  yields?: boolean;
}

/** What the process answers is checked, because what it reads may have taken it over. */
const answerSchema = z.union([
  z.object({
    document: z.object({
      format: z.enum(documentFormats),
      title: z.string().nullable(),
      unit: z.enum(documentUnits).nullable(),
      parts: z.array(z.string()).min(1).max(documentLimits.pages),
      sizeBytes: z.number().int().min(0),
      sha256: z.string().regex(/^[0-9a-f]{64}$/),
    }),
  }),
  z.object({ problem: z.enum(documentCases) }),
]);

/**
 * Reads the text of a document in a process of its own that has limits and may neither write files nor start programs.
 * `given`: the file if it is open already; it is closed. `yields`: whether other processes go first. Rejects with
 * `document-unreadable`, or with an AbortError once `signal` is aborted.
 */
export async function readDocument(
  { nodePath, entry }: DocumentReader,
  path: string,
  { signal, limitMs = documentLimits.ms, given, yields = false }: ReadOptions = {},
): Promise<ReadDocument> {
  const name = basename(path);
  const file = given ?? (await opened(path, name));
  try {
    const facts = await file.stat().catch((error: unknown) => {
      throw new WorkbenchError("document-unreadable", { name, case: "notRead" }, systemCode(error) ?? "");
    });
    if (facts.isDirectory()) throw new WorkbenchError("document-unreadable", { name, case: "folder" });
    // A device or a pipe may have no end.
    if (!facts.isFile()) throw new WorkbenchError("document-unreadable", { name, case: "unknown" });
    if (facts.size > documentLimits.bytes) throw new WorkbenchError("document-unreadable", { name, case: "tooLarge" });
    const outcome = await runChild(nodePath, [...readerOptions(entry), entry, name], {
      env: childEnvironment(process.env),
      stdin: file.fd,
      limitMs,
      yields,
      maxBytes: documentLimits.chars * 4,
      ...(signal && { signal }),
    });
    signal?.throwIfAborted();
    if (outcome.startError !== null) {
      throw new WorkbenchError("engine-start-failed", undefined, outcome.startError.message);
    }
    const answer = outcome.code === 0 ? parsedAnswer(outcome.stdout) : null;
    if (answer === null) {
      const reason = outcome.timedOut ? "slow" : "damaged";
      throw new WorkbenchError("document-unreadable", { name, case: reason }, outcome.lastWords.trim().slice(0, 400));
    }
    if ("problem" in answer) throw new WorkbenchError("document-unreadable", { name, case: answer.problem });
    return answer.document;
  } finally {
    await file.close();
  }
}

async function opened(path: string, name: string): Promise<FileHandle> {
  try {
    // A named pipe would hold up the process until something writes to it.
    return await open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  } catch (error) {
    const code = systemCode(error);
    const reason = code === "ENOENT" ? "missing" : code === "EISDIR" ? "folder" : "notAllowed";
    throw new WorkbenchError("document-unreadable", { name, case: reason }, String(error));
  }
}

function parsedAnswer(text: string): z.output<typeof answerSchema> | null {
  try {
    return answerSchema.parse(JSON.parse(text));
  } catch {
    return null;
  }
}

/** Node's permissions: it may read its own files, and start the thread that reads the document. */
function readerOptions(entry: string): string[] {
  const folder = dirname(entry);
  return [
    "--permission",
    `--allow-fs-read=${join(folder, "documentReader.mjs")}`,
    `--allow-fs-read=${join(folder, "cmaps", "*")}`,
    "--allow-worker",
    `--max-old-space-size=${documentLimits.memoryBytes / 1_000_000}`,
    "--no-warnings",
  ];
}
