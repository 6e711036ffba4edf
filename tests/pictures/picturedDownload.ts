import type { Download } from "../../electron/contract/downloads.ts";

/** Returns a download of R1-Distill-Qwen-1.5B in a state, about a third of it received. */
export function picturedDownload(id: string, status: Download["status"], name?: string): Download {
  const file = name ?? "DeepSeek-R1-Distill-Qwen-1.5B-Q4_K_M";
  const isArriving = status.state === "running" && status.quietSeconds === 0;
  return {
    id,
    name: name ?? "R1-Distill-Qwen-1.5B",
    file: { repo: "unsloth/DeepSeek-R1-Distill-Qwen-1.5B-GGUF", revision: "main", path: `${file}.gguf` },
    component: null,
    commit: "0123456789abcdef0123456789abcdef01234567",
    parts: 1,
    sizeBytes: 1_117_320_736,
    receivedBytes: status.state === "done" || status.state === "verifying" ? 1_117_320_736 : 412_345_678,
    bytesPerSecond: isArriving ? 12_345_678 : null,
    secondsLeft: isArriving ? 57 : null,
    restarted: null,
    status,
  };
}
