import { nvidiaQuery } from "./gpuFacts.ts";
import { runTool } from "./runTool.ts";
import { systemFiles } from "./systemFiles.ts";

/** What NVIDIA's driver says of itself and its cards. Null if it is not there or does not respond. */
export interface NvidiaDriver {
  /** The lines of `nvidia-smi`. */
  smi: string | null;
  /** The text of `/proc/driver/nvidia/version`. */
  version: string | null;
}

/** Resolves with what `gpuFacts` reads. Never rejects. */
export async function readNvidiaDriver(): Promise<NvidiaDriver> {
  const [smi, version] = await Promise.all([
    runTool("nvidia-smi", nvidiaQuery),
    systemFiles().text("proc/driver/nvidia/version"),
  ]);
  return { smi, version };
}
