import { type Backend, type BackendProbe, cpuProbe, unusableBackend } from "../contract/engine.ts";
import { LlamaLog } from "./LlamaLog.ts";
import { openLlama } from "./openLlama.ts";
import { isSoftware } from "./softwareDevices.ts";

/** llama.cpp's log lines arrive a little after the call that caused them, in milliseconds. */
const linesMs = 100;

/**
 * Tries one backend in this process, which a driver may crash, so the caller discards the process afterwards. Never
 * rejects.
 */
export async function probeBackend(backend: Backend): Promise<BackendProbe> {
  const log = new LlamaLog(5);
  const lines: string[] = [];
  try {
    const llama = await openLlama(
      backend,
      log,
      () => undefined,
      (line) => lines.push(line),
    );
    if (backend === "cpu") return cpuProbe;
    const devices = await llama.getGpuDeviceNames();
    const usable = devices.length > 0;
    const { total, free } = await llama.getVramState();
    const memory = usable ? { totalBytes: total, freeBytes: free } : null;
    if (usable) await new Promise((resolve) => setTimeout(resolve, linesMs));
    const software = usable && isSoftware(devices, lines);
    return { backend, usable, reason: { code: usable ? "found" : "noDevice" }, devices, software, memory };
  } catch (error) {
    const said = error instanceof Error ? error.message : String(error);
    if (/binary|prebuilt/i.test(said)) return unusableBackend(backend, { code: "noDriver" });
    return unusableBackend(backend, { code: "failed", facts: { said: said.split("\n")[0]?.slice(0, 300) ?? "" } });
  }
}
