import { type Backend, type BackendProbe, unusableBackend } from "../contract/engine.ts";
import { LlamaLog } from "./LlamaLog.ts";
import { openLlama } from "./openLlama.ts";

/** Tries one backend in this process, which the caller throws away: a driver may take it down. Never throws. */
export async function probeBackend(backend: Backend): Promise<BackendProbe> {
  const log = new LlamaLog(5);
  try {
    const llama = await openLlama(backend, log, () => undefined);
    if (backend === "cpu") return { backend, usable: true, reason: "Always available.", devices: [], memory: null };
    const devices = await llama.getGpuDeviceNames();
    const usable = devices.length > 0 && llama.gpu === backend;
    const reason = usable ? `Found ${devices.join(", ")}.` : "The driver works but reports no device.";
    const { total, free } = await llama.getVramState();
    const memory = usable ? { totalBytes: total, freeBytes: free } : null;
    return { backend, usable, reason, devices, memory };
  } catch (error) {
    const said = error instanceof Error ? error.message : String(error);
    const reason = /binary|prebuilt/i.test(said) ? "No engine file or no working driver for it on this machine." : said;
    return unusableBackend(backend, reason.split("\n")[0]?.slice(0, 300) ?? "");
  }
}
