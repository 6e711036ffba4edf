import { z } from "zod";
import { call } from "./call.ts";
import type { Problem } from "./errors.ts";
import type { SpeedPrediction } from "./fit.ts";
import {
  isWorkerAddress,
  leastServerContext,
  mostServerContext,
  mostWorkers,
  usualServerContext,
} from "./llamaServerLimits.ts";

/** A device that llama-server can put layers on: a graphics card, or one of a worker on another machine. */
export interface ServerDevice {
  /** As llama.cpp names it, such as "CUDA0" or "RPC0". */
  name: string;
  description: string;
  totalBytes: number;
  freeBytes: number;
}

/**
 * Where llama-server puts a model. `processor`: it has no device. `experts`: on the only device, except for the experts
 * of the first layers. `itself`: llama-server decides, because there are several devices, or one that is too small even
 * without experts, or a model without experts.
 */
export type ServerPlacement =
  | { by: "processor" }
  | { by: "experts"; layersInMemory: number; expertLayersInMemory: number; expertLayers: number }
  | { by: "itself" };

/** What llama-server would do with a model. */
export interface ServerPlan {
  devices: ServerDevice[];
  placement: ServerPlacement;
  /** What lies on the device, with the context. 0 without one; null if llama-server decides. */
  deviceBytes: number | null;
  /** What lies in main memory. Null if llama-server decides. */
  memoryBytes: number | null;
  /** Main memory that a model may use. */
  usableBytes: number;
  /** Whether it is more than main memory holds, so that parts of the file are read from the disk again and again. */
  isReadFromDisk: boolean;
  /** Null if this machine has not been measured, or where the parts lie is not known. */
  speed: SpeedPrediction | null;
  /** What llama-server would be started with, without its key. */
  arguments: string[];
}

const workerAddress = z.string().trim().refine(isWorkerAddress);

/** What llama-server is to run. */
export const serverSetupSchema = z.object({
  /** A model file of the library. Null before one was chosen. */
  modelId: z.string().min(1).max(200).nullable().default(null),
  contextSize: z.number().int().min(leastServerContext).max(mostServerContext).default(usualServerContext),
  workers: z.array(workerAddress).max(mostWorkers).default([]),
});
export type ServerSetup = z.output<typeof serverSetupSchema>;

/** The program that the user named, as it described itself. */
export interface ServerProgram {
  /** For reading only. No call takes a path. */
  path: string;
  version: string;
}

/**
 * The lifecycle of the llama-server that the app runs:
 *
 *   off ─▶ starting ─▶ loading ─▶ ready ─▶ off
 *             ▲           │         │
 *             └─ waiting ◀┴─────────┘ (it ended by itself, up to three times)
 *                   └─▶ failed ─▶ starting
 */
export type StartedServer =
  | { state: "off" }
  | { state: "starting" }
  | { state: "loading"; pid: number; memoryBytes: number | null }
  | { state: "ready"; pid: number; memoryBytes: number | null; url: string; isHealthy: boolean; since: number }
  | { state: "waiting"; restart: number; problem: Problem }
  | { state: "failed"; problem: Problem };

export interface LlamaServerState {
  program: ServerProgram | null;
  setup: ServerSetup;
  /** Where the model is, or would be: of the last plan or start since program and setup are these. Null without one. */
  plan: ServerPlan | null;
  server: StartedServer;
}

export const llamaServerCalls = {
  "llamaServer.state": call<LlamaServerState>()(z.object({})),
  /**
   * Keeps what is to be run. It takes effect with the next start. Workers on other machines that were not kept before are
   * confirmed in a dialog that the page cannot answer. Rejects with `server-not-agreed`.
   */
  "llamaServer.setUp": call<LlamaServerState>()(serverSetupSchema),
  /**
   * Asks the program which devices it sees and computes where the model would be placed. Rejects with the model's problem, and
   * with `llama-server-failed`.
   */
  "llamaServer.plan": call<ServerPlan>()(z.object({})),
  /** Starts it. Resolves once the model is loaded, or it was stopped. Rejects as `plan` does, and if it failed. */
  "llamaServer.start": call<LlamaServerState>()(z.object({})),
  /** Ends it. Resolves once it has ended. */
  "llamaServer.stop": call<LlamaServerState>()(z.object({})),
  /** The last lines that it wrote, also after it has ended. */
  "llamaServer.log": call<string[]>()(z.object({})),
};
