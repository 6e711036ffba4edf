import {
  type Backend,
  type BackendProbe,
  type BackendReason,
  backendProbeSchema,
  backends,
  cpuProbe,
  unusableBackend,
} from "../../contract/engine.ts";
import { runChild } from "../children/runChild.ts";
import { engineArguments } from "./engineArguments.ts";
import type { EnginePaths } from "./EnginePaths.ts";
import { engineEnvironment } from "./engineEnvironment.ts";

const limitMs = 30_000;

/** Returns why a backend cannot exist on this platform, which needs no process to find out, or null. */
function impossible(backend: Backend): BackendReason | null {
  if (backend === "metal" && process.platform !== "darwin") return { code: "macosOnly" };
  if (backend === "cuda" && process.platform === "darwin") return { code: "notOnMacos" };
  if (backend === "vulkan" && process.platform === "darwin") return { code: "metalInstead" };
  return null;
}

/** What is known of a backend without trying it: null if only that can tell. */
function knownProbe(backend: Backend): BackendProbe | null {
  if (backend === "cpu") return cpuProbe;
  const reason = impossible(backend);
  return reason === null ? null : unusableBackend(backend, reason);
}

/** Returns what is known before the backends were tried: the CPU is always usable. */
export const untriedBackends = (): BackendProbe[] =>
  backends.map((backend) => knownProbe(backend) ?? unusableBackend(backend, { code: "beingTried" }));

export interface ProbeOptions {
  /** Whether nobody waits for the result, so that whatever else the processor has to do goes first. */
  yields?: boolean;
  /** Ends the processes. */
  signal?: AbortSignal;
}

/**
 * Tries the backends in order of preference, each in a process of its own. A driver that crashes or hangs affects only
 * that process, and how it exited is the reason. The CPU is always usable and is not tried.
 */
export async function probeBackends(paths: EnginePaths, options: ProbeOptions = {}): Promise<BackendProbe[]> {
  return await Promise.all(backends.map(async (each) => knownProbe(each) ?? (await probe(paths, each, options))));
}

async function probe(paths: EnginePaths, backend: Backend, given: ProbeOptions): Promise<BackendProbe> {
  const args = await engineArguments(paths, "--probe", backend);
  const options = { ...given, env: engineEnvironment(process.env), limitMs, maxBytes: 1_000_000 };
  const { stdout, code, signal, timedOut } = await runChild(paths.nodePath, args, options);
  const answer = parseAnswer(stdout, backend);
  if (answer !== null) return answer;
  if (timedOut) return unusableBackend(backend, { code: "late", facts: { seconds: limitMs / 1000 } });
  if (signal !== null) return unusableBackend(backend, { code: "endedBySignal", facts: { signal } });
  return unusableBackend(backend, { code: "endedWithCode", facts: { exitCode: code ?? 0 } });
}

/** Finds our own line in stdout, because drivers print there too. */
function parseAnswer(stdout: string, backend: Backend): BackendProbe | null {
  for (const line of stdout.split("\n")) {
    if (!line.startsWith('{"backend"')) continue;
    try {
      const answer = backendProbeSchema.safeParse(JSON.parse(line));
      if (answer.data?.backend === backend) return answer.data;
    } catch {
      // Not our line.
    }
  }
  return null;
}
