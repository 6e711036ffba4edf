import { z } from "zod";
import { call } from "./call.ts";
import type { Problem } from "./errors.ts";

/** In the order in which they are tried. */
export const backends = ["metal", "cuda", "vulkan", "cpu"] as const;
export type Backend = (typeof backends)[number];

/** Why a backend can or cannot be used. */
export type BackendReason =
  | { code: (typeof plainReasons)[number]; facts?: undefined }
  | { code: "late"; facts: { seconds: number } }
  | { code: "endedBySignal"; facts: { signal: string } }
  | { code: "endedWithCode"; facts: { exitCode: number } }
  /** `said` is the library's own message. */
  | { code: "failed"; facts: { said: string } };
const plainReasons = [
  "always",
  "found",
  "noDevice",
  "noDriver",
  "macosOnly",
  "notOnMacos",
  "metalInstead",
  "notStarted",
  "notTried",
  "beingTried",
] as const;
const reasonSchema: z.ZodType<BackendReason> = z.discriminatedUnion("code", [
  z.object({ code: z.enum(plainReasons) }),
  z.object({ code: z.literal("late"), facts: z.object({ seconds: z.number() }) }),
  z.object({ code: z.literal("endedBySignal"), facts: z.object({ signal: z.string() }) }),
  z.object({ code: z.literal("endedWithCode"), facts: z.object({ exitCode: z.number() }) }),
  z.object({ code: z.literal("failed"), facts: z.object({ said: z.string() }) }),
]);

/** The result of trying one backend in a child process of its own. */
export const backendProbeSchema = z.object({
  backend: z.enum(backends),
  usable: z.boolean(),
  reason: reasonSchema,
  devices: z.array(z.string()),
  /** Whether its only devices are programs that compute on the processor in place of a graphics card. */
  software: z.boolean(),
  /** Memory of all its devices together, when the backend was tried. Null if it is not usable or is the CPU. */
  memory: z.object({ totalBytes: z.number(), freeBytes: z.number() }).nullable(),
});
export type BackendProbe = z.output<typeof backendProbeSchema>;

/** Returns the result for a backend that cannot be used. */
export const unusableBackend = (backend: Backend, reason: BackendReason): BackendProbe => ({
  backend,
  usable: false,
  reason,
  devices: [],
  software: false,
  memory: null,
});

/** The result for the CPU, which can always be used and need not be tried. */
export const cpuProbe: BackendProbe = { ...unusableBackend("cpu", { code: "always" }), usable: true };

/** What an engine process reports about itself. */
export const engineProcessSchema = z.object({
  pid: z.number(),
  nodeVersion: z.string(),
  /** node-llama-cpp's version and the llama.cpp release inside it. */
  libraryVersion: z.string(),
  llamaRelease: z.string(),
  backend: z.enum(backends),
  /** Number of cores that llama.cpp computes with: physical cores, and only the fast ones if some are slow. */
  computeCores: z.number(),
  /** The CPU instruction sets in use, as llama.cpp names them. */
  cpuFeatures: z.array(z.string()),
  /** Whether it asks for large memory pages. Left out where the system leaves no choice. */
  largePages: z.boolean().exactOptional(),
});
export type EngineInfo = z.output<typeof engineProcessSchema> & { probes: BackendProbe[] };

/** The option of glibc, since 2.35, with which `malloc` asks for large pages wherever it allocates much. */
export const largePagesTunable = "glibc.malloc.hugetlb=1";

/** Returns whether an engine can ask for large memory pages. A graphics card's weights are not in them. */
export const mayHaveLargePages = ({ backend, largePages }: Pick<EngineInfo, "backend" | "largePages">): boolean =>
  backend === "cpu" && largePages !== undefined;

/**
 * The lifecycle of the engine:
 *
 *   stopped ─▶ starting ─▶ ready ◀─▶ busy
 *                 ▲          │         │
 *                 │          └────┬────┘
 *                 │            crashed ──(third in a row)──▶ gaveUp ─(a person)─▶ starting
 *                 └──(restart)────┘
 *   any ─▶ stopping ─▶ stopped
 */
export type EngineState =
  | { state: "stopped" }
  | { state: "starting" }
  | { state: "ready"; info: EngineInfo }
  | { state: "busy"; info: EngineInfo }
  | { state: "stopping" }
  | { state: "crashed"; problem: Problem; failures: number }
  | { state: "gaveUp"; problem: Problem };

/** What is kept on the disk of what models have read of chats, so that it need not be read again. */
export interface KeptStatesUse {
  chats: number;
  sizeBytes: number;
}

export const engineCalls = {
  "engine.state": call<EngineState>()(z.object({})),
  /**
   * Starts the engine, also after `gaveUp`. Resolves once it is ready or has failed to start. Harmless if it is
   * running.
   */
  "engine.start": call<EngineState>()(z.object({})),
  "engine.keptStates": call<KeptStatesUse>()(z.object({})),
  /** Deletes all that is kept. The next message of each chat is answered later, once. */
  "engine.deleteKeptStates": call<KeptStatesUse>()(z.object({})),
};
