import { WorkbenchError } from "../contract/errors.ts";
import type { GgufFacts } from "../contract/models.ts";
import { readFacts } from "./gguf/readFacts.ts";

const limitMs = 5000;

/** Reads the facts in a GGUF header. Rejects a header that takes longer than five seconds as damaged. */
export async function inspectFile(path: string): Promise<GgufFacts> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(new WorkbenchError("model-header-invalid", { case: "slow", seconds: limitMs / 1000 }));
    }, limitMs);
  });
  try {
    return await Promise.race([readFacts(path), late]);
  } finally {
    clearTimeout(timer);
  }
}
