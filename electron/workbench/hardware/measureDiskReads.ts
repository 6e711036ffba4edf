import { constants } from "node:fs";
import { open } from "node:fs/promises";
import { smallestFileToRead } from "../../contract/hardware.ts";
import { NotMeasured } from "./NotMeasured.ts";
import { webAssembly } from "./webAssembly.ts";

const stepBytes = 8 * 1024 ** 2;
const mostBytes = 1024 ** 3;
const limitMs = 1500;

/**
 * Bytes per second of reading a file from its start, in steps of 8 MiB, for 1.5 s or 1 GiB. Linux's O_DIRECT goes past
 * the file cache; a virtual machine's host may still hold the file. Rejects with `NotMeasured` where it cannot be measured.
 */
export async function measureDiskReads(path: string, platform: NodeJS.Platform = process.platform): Promise<number> {
  if (platform !== "linux") throw new NotMeasured("system");
  const file = await open(path, constants.O_RDONLY | constants.O_DIRECT).catch(() => {
    throw new NotMeasured("noDirectReads");
  });
  try {
    const { size } = await file.stat();
    if (size < smallestFileToRead) throw new NotMeasured("modelTooSmall");
    // O_DIRECT wants page-aligned memory, and WebAssembly's is.
    const memory = new webAssembly.Memory({ initial: stepBytes / 65_536 });
    const buffer = new Uint8Array(memory.buffer);
    const start = performance.now();
    let done = 0;
    while (done < mostBytes && done + stepBytes <= size && performance.now() - start < limitMs) {
      const { bytesRead } = await file.read(buffer, 0, stepBytes, done);
      if (bytesRead < stepBytes) break;
      done += bytesRead;
    }
    return (done * 1000) / (performance.now() - start);
  } finally {
    await file.close();
  }
}
