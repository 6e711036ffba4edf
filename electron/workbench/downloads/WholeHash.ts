import { abortable } from "../abortable.ts";
import { blockBytes } from "./BlockMap.ts";
import { FileHasher } from "./FileHasher.ts";
import type { PartFile } from "./PartFile.ts";
import type { SpanPlan } from "./SpanPlan.ts";

/** In blocks. Progress is reported after each group of this size. */
const mostAtOnce = 8;

export interface WholeHashOptions {
  part: PartFile;
  plan: SpanPlan;
  signal: AbortSignal;
  /** Called when a block from an earlier run no longer matches its receipt. It is fetched again. */
  onBad: (change: number) => void;
  onHashed?: (bytes: number) => void;
}

/**
 * Computes the SHA-256 of a file while it is being fetched. It follows the front and reads each block back from the
 * file, so that it hashes what was actually written. Resolves with hexadecimal digits once every block is received.
 */
export async function wholeHash(options: WholeHashOptions): Promise<string> {
  const hasher = new FileHasher(options.part.fd);
  try {
    await followFront(hasher, options);
    return await abortable(hasher.digest(), options.signal);
  } finally {
    await hasher.close();
  }
}

async function followFront(
  hasher: FileHasher,
  { part, plan, signal, onBad, onHashed }: WholeHashOptions,
): Promise<void> {
  const buffer = Buffer.allocUnsafe(blockBytes);
  for (let index = 0; index < part.map.count; ) {
    signal.throwIfAborted();
    const { changed } = plan;
    if (!part.map.isDone(index)) {
      await abortable(changed, signal);
      continue;
    }
    if (!(await part.isAsReceived(index, buffer))) {
      onBad(part.forget(index));
      plan.announce();
      continue;
    }
    // As many blocks as are available, so that the hashing thread does not wait for this one after each.
    let end = index + 1;
    while (end < part.map.count && end - index < mostAtOnce && part.map.isDone(end) && part.map.block(end).checked)
      end++;
    const length = part.map.start(end - 1) + part.map.length(end - 1) - part.map.start(index);
    const bytes = await hasher.add(part.map.start(index), length);
    // Another program truncated the file.
    if (bytes < length) {
      for (let cut = index + Math.floor(bytes / blockBytes); cut < end; cut++) onBad(part.forget(cut));
      plan.announce();
      continue;
    }
    onHashed?.(bytes);
    index = end;
  }
}
