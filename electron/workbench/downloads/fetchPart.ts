import { type Problem, toProblem, WorkbenchError } from "../../contract/errors.ts";
import type { HubFailure } from "../hub/HubFailure.ts";
import type { HubTransport } from "../hub/HubTransport.ts";
import type { Source } from "./Connection.ts";
import type { DownloadEntry } from "./DownloadEntry.ts";
import type { DownloadWaits } from "./downloadWaits.ts";
import { FileTransfer } from "./FileTransfer.ts";
import { PartFile } from "./PartFile.ts";
import type { RateLimit } from "./RateLimit.ts";

/** What all parts of a download have in common. */
export interface PartOptions {
  /** Holds all of the download's state that is shown to the user. */
  entry: DownloadEntry;
  transport: HubTransport;
  limit: RateLimit;
  signal: AbortSignal;
  waits: DownloadWaits;
}

export interface FetchPartOptions extends PartOptions {
  /** The file to write. */
  target: string;
  url: string;
  sizeBytes: number;
  /** Null if nobody states it. */
  sha256: string | null;
  magic: Buffer;
  onTransfer: (transfer: FileTransfer) => void;
  /** What is told about a failure before the next attempt. Left out: the failure itself. */
  problemOf?: (failure: HubFailure) => Problem;
}

/**
 * Fetches what is missing of one part. Resolves with its SHA-256, once it is the stated one and the disk has all bytes.
 * Rejects with `download-mismatch`, other coded errors, the file system's errors, or the signal's reason.
 */
export async function fetchPart(options: FetchPartOptions): Promise<string> {
  const {
    entry,
    transport,
    target,
    url,
    sizeBytes,
    sha256,
    magic,
    limit,
    signal,
    waits,
    problemOf = toProblem,
  } = options;
  const part = await PartFile.open(target, sizeBytes);
  try {
    const source: Source = { transport, url, location: null, tag: null, sendsRanges: true, sha256, magic };
    entry.enter({ state: "running", quietSeconds: 0 });
    const transfer = new FileTransfer({
      source,
      part,
      limit,
      signal,
      waits,
      onReceived: (change) => entry.receive(change),
      onWaiting: (waiting) => {
        if (waiting === null) entry.enter({ state: "running", quietSeconds: 0 });
        else {
          const { attempt, retryAt, failure } = waiting;
          entry.enter({ state: "retrying", attempt, retryAt, problem: problemOf(failure) });
        }
      },
      onVerifying: (hashedBytes) => entry.enter({ state: "verifying", fraction: hashedBytes / sizeBytes }),
    });
    options.onTransfer(transfer);
    const found = await untilRight(transfer, sha256);
    await part.sync();
    return found;
  } finally {
    await part.close();
  }
}

/**
 * Compares the hashes. If they differ, first fetches again the blocks that the disk lost, then those that were
 * corrupted in transit.
 */
async function untilRight(transfer: FileTransfer, sha256: string | null): Promise<string> {
  let found = await transfer.run();
  if (sha256 === null || found === sha256) return found;
  if ((await transfer.forgetBadBlocks()) > 0) found = await transfer.run();
  let next: number | null = 0;
  while (found !== sha256) {
    next = await transfer.repairFrom(next);
    if (next === null) {
      const detail = `The file's SHA-256 is ${found}, and the hub states ${sha256}.`;
      throw new WorkbenchError("download-mismatch", undefined, detail);
    }
    found = await transfer.run();
  }
  return found;
}
