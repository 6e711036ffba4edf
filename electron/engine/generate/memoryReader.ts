import type { Llama } from "node-llama-cpp";
import type { MemoryInUse } from "../../contract/runs.ts";

/** Reads what this process holds. The graphics cards are asked once: writing allocates nothing there. */
export function memoryReader(llama: Llama): () => MemoryInUse {
  let gpuBytes: number | null = null;
  if (llama.gpu !== false) {
    llama.getVramState().then(
      ({ used }) => {
        gpuBytes = used;
      },
      // A backend that does not tell leaves the figure out.
      () => undefined,
    );
  }
  return () => ({ residentBytes: process.memoryUsage.rss(), gpuBytes });
}
