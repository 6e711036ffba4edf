import { constants } from "node:fs";
import { open } from "node:fs/promises";
import { smallestFileToRead } from "../../contract/hardware.ts";
import { NotMeasured } from "./NotMeasured.ts";
import { webAssembly } from "./webAssembly.ts";

const stepBytes = 8 * 1024 ** 2;
const mostBytes = 1024 ** 3;
const limitMs = 1500;

/**
 * Resolves with the bytes per second of reading a file from its start, in steps of 8 MiB, for 1.5 s or 1 GiB. On Linux,
 * O_DIRECT bypasses the file cache; the host of a virtual machine may still cache the file. Rejects with `NotMeasured`
 * if it cannot be measured.
 */
export async function measureDiskReads(path: string, platform: NodeJS.Platform = process.platform): Promise<number> {
  if (platform !== "linux") throw new NotMeasured("system");
  const file = await open(path, constants.O_RDONLY | constants.O_DIRECT).catch(() => {
    throw new NotMeasured("noDirectReads");
  });
  try {
    const { size } = await file.stat();
    if (size < smallestFileToRead) throw new NotMeasured("modelTooSmall");
    // O_DIRECT requires page-aligned memory, which WebAssembly's is.
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
