import { createRequire } from "node:module";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
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
    const usable = devices.length > 0 && llama.gpu === backend;
    const { total, free } = await llama.getVramState();
    const memory = usable ? { totalBytes: total, freeBytes: free } : null;
    if (usable) await new Promise((resolve) => setTimeout(resolve, linesMs));
    const software = usable && isSoftware(devices, lines);
    return { backend, usable, reason: { code: usable ? "found" : "noDevice" }, devices, software, memory };
  } catch (error) {
    const said = error instanceof Error ? error.message : String(error);
    if (/binary|prebuilt/i.test(said)) {
      await loadHere(backend);
      return unusableBackend(backend, { code: "noDriver" });
    }
    return unusableBackend(backend, { code: "failed", facts: { said: said.split("\n")[0]?.slice(0, 300) ?? "" } });
  }
}

/** As the packages of the binaries call them. */
const platforms: Partial<Record<NodeJS.Platform, string>> = { win32: "win", darwin: "mac" };

/**
 * Loads a backend's binary and driver without the library, which tries them in a process of its own and does not say
 * whether that crashed. If the driver crashes this process instead, the caller sees how. Never rejects.
 */
async function loadHere(backend: Backend): Promise<void> {
  const name = `${platforms[process.platform] ?? process.platform}-${process.arch}-${backend}`;
  try {
    // Its only export is dist/index.js.
    const folder = fileURLToPath(new URL(`../bins/${name}`, import.meta.resolve(`@node-llama-cpp/${name}`)));
    const binding = createRequire(import.meta.url)(join(folder, "llama-addon.node")) as {
      loadBackends: (folder?: string) => void;
      init: () => Promise<void>;
      getGpuVramInfo: () => unknown;
    };
    binding.loadBackends();
    binding.loadBackends(folder);
    await binding.init();
    binding.getGpuVramInfo();
  } catch {
    // It is missing, or what it needs is: there is nothing that could crash.
  }
}
