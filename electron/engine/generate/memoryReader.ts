import type { Llama } from "node-llama-cpp";
import type { MemoryInUse } from "../../contract/runs.ts";

/**
 * Returns a function that reads the memory in use by this process. GPU memory is read only once, because writing a
 * reply allocates none.
 */
export function memoryReader(llama: Llama): () => MemoryInUse {
  let gpuBytes: number | null = null;
  if (llama.gpu !== false) {
    llama.getVramState().then(
      ({ used }) => {
        gpuBytes = used;
      },
      // If the backend does not report it, the figure is left out.
      () => undefined,
    );
  }
  return () => ({ residentBytes: process.memoryUsage.rss(), gpuBytes });
}
