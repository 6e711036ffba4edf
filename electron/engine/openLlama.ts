import type { Llama } from "node-llama-cpp";
import type { Backend } from "../contract/engine.ts";
import type { LlamaLog } from "./LlamaLog.ts";

type Report = (level: "warn" | "error", text: string) => void;

/**
 * Opens node-llama-cpp with one backend, only from its prebuilt binaries: nothing is compiled or downloaded. Rejects if
 * the binary or the driver is missing.
 */
export async function openLlama(backend: Backend, log: LlamaLog, report: Report): Promise<Llama> {
  const { getLlama, LlamaLogLevel } = await import("node-llama-cpp");
  return await getLlama({
    gpu: backend === "cpu" ? false : backend,
    build: "never",
    skipDownload: true,
    progressLogs: false,
    logLevel: LlamaLogLevel.warn,
    logger: (level, text) => {
      const isError = level === LlamaLogLevel.error || level === LlamaLogLevel.fatal;
      if (!isError && level !== LlamaLogLevel.warn) {
        log.note(text);
        return;
      }
      log.add(text);
      if (text.trim() !== "") report(isError ? "error" : "warn", text.trim().slice(0, 2000));
    },
  });
}
