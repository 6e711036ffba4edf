import { nvidiaQuery } from "./gpuFacts.ts";
import { runTool } from "./runTool.ts";
import { systemFiles } from "./systemFiles.ts";

/** What NVIDIA's driver says of itself and its cards, in at least one of two ways. */
export interface NvidiaDriver {
  /** The lines of `nvidia-smi`. Null if it is missing or fails. */
  smi: string | null;
  /** The text of `/proc/driver/nvidia/version`. Null if there is none. */
  version: string | null;
}

/** Resolves with what `gpuFacts` reads, or null if there is no such driver. Never rejects. */
export async function readNvidiaDriver(): Promise<NvidiaDriver | null> {
  const [smi, version] = await Promise.all([
    runTool("nvidia-smi", nvidiaQuery),
    systemFiles().text("proc/driver/nvidia/version"),
  ]);
  return smi === null && version === null ? null : { smi, version };
}
