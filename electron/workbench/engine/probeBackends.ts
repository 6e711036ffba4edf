import { type Backend, type BackendProbe, backends, unusableBackend } from "../../contract/engine.ts";
import { runChild } from "../children/runChild.ts";
import type { EnginePaths } from "./EnginePaths.ts";
import { engineEnvironment } from "./engineEnvironment.ts";

const limitMs = 30_000;

/** Backends that exist nowhere on a platform need no process to find that out. */
function impossible(backend: Backend): string | null {
  if (backend === "metal" && process.platform !== "darwin") return "Metal exists on macOS only.";
  if (backend === "cuda" && process.platform === "darwin") return "CUDA does not exist on macOS.";
  if (backend === "vulkan" && process.platform === "darwin") return "On macOS, Metal is used instead.";
  return null;
}

/**
 * Tries the backends, in order of preference, each in a process of its own. A driver that crashes or hangs
 * costs only that process, and how it ended is the reason. CPU is always usable and needs no trial.
 */
export async function probeBackends(paths: EnginePaths): Promise<BackendProbe[]> {
  return await Promise.all(backends.map((backend) => trial(paths, backend)));
}

async function trial(paths: EnginePaths, backend: Backend): Promise<BackendProbe> {
  if (backend === "cpu") return { backend, usable: true, reason: "Always available.", devices: [], memory: null };
  const reason = impossible(backend);
  return reason === null ? await probe(paths, backend) : unusableBackend(backend, reason);
}

async function probe({ nodePath, entry }: EnginePaths, backend: Backend): Promise<BackendProbe> {
  const options = { env: engineEnvironment(process.env), limitMs, maxBytes: 1_000_000 };
  const { stdout, code, signal, timedOut } = await runChild(nodePath, [entry, "--probe", backend], options);
  const answer = parseAnswer(stdout, backend);
  if (answer !== null) return answer;
  const how = signal === null ? `exit code ${code ?? "none"}` : `signal ${signal}`;
  const reason = timedOut ? `It did not answer within ${limitMs / 1000} s.` : `Trying it crashed (${how}).`;
  return unusableBackend(backend, reason);
}

/** Drivers print to stdout as they like; the answer is the line that is ours. */
function parseAnswer(stdout: string, backend: Backend): BackendProbe | null {
  for (const line of stdout.split("\n")) {
    if (!line.startsWith('{"backend"')) continue;
    try {
      const answer = JSON.parse(line) as BackendProbe;
      if (answer.backend === backend && typeof answer.usable === "boolean") return answer;
    } catch {
      // Not our line after all.
    }
  }
  return null;
}
