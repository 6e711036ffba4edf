import { WorkbenchError } from "../contract/errors.ts";
import type { GgufFacts } from "../contract/models.ts";
import { readFacts } from "./gguf/readFacts.ts";

/** Of processor time, in milliseconds. On a busy machine, a sound file may take any time by the clock. */
const limitMs = 5000;
const checkMs = 250;

/** Reads the facts in a GGUF header. Rejects a header that takes more than five seconds of processor time as damaged. */
export async function inspectFile(path: string, read = readFacts): Promise<GgufFacts> {
  const before = process.cpuUsage();
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setInterval(() => {
      const { user, system } = process.cpuUsage(before);
      if (user + system < limitMs * 1000) return;
      reject(new WorkbenchError("model-header-invalid", { case: "slow", seconds: limitMs / 1000 }));
    }, checkMs);
  });
  try {
    return await Promise.race([read(path), late]);
  } finally {
    clearInterval(timer);
  }
}
