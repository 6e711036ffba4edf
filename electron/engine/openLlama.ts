import type { Llama } from "node-llama-cpp";
import type { Backend } from "../contract/engine.ts";
import type { LlamaLog } from "./LlamaLog.ts";

type Report = (level: "warn" | "error", text: string) => void;

/**
 * Opens node-llama-cpp with one backend, only from its prebuilt binaries: nothing is compiled or downloaded. Rejects if
 * the binary or the driver is missing. A driver may crash this process. `onLine` gets all lines of llama.cpp's log, also
 * those that are not warnings.
 */
export async function openLlama(
  backend: Backend,
  log: LlamaLog,
  report: Report,
  onLine?: (text: string) => void,
): Promise<Llama> {
  const { getLlama, LlamaLogLevel } = await import("./llamaLibrary.ts");
  const gpu = backend === "cpu" ? false : backend;
  const llama = await getLlama({
    gpu,
    build: "never",
    skipDownload: true,
    progressLogs: false,
    logLevel: onLine === undefined ? LlamaLogLevel.warn : LlamaLogLevel.debug,
    logger: (level, text) => {
      onLine?.(text);
      const isError = level === LlamaLogLevel.error || level === LlamaLogLevel.fatal;
      if (!isError && level !== LlamaLogLevel.warn) {
        log.note(text);
        return;
      }
      log.add(text);
      if (text.trim() !== "") report(isError ? "error" : "warn", text.trim().slice(0, 2000));
    },
  });
  if (llama.gpu === gpu) return llama;
  // llama.cpp leaves out a backend whose driver is missing.
  await llama.dispose();
  throw new Error(`The prebuilt binary found no driver for ${backend}.`);
}
