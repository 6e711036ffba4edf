import type { EngineInfo, EngineState } from "../../../electron/contract/engine.ts";
import type { EngineOperation } from "../../../electron/contract/engineProtocol.ts";
import type { LoadedFacts } from "../../../electron/contract/models.ts";
import type { EngineChoice, EngineClient } from "../../../electron/workbench/engine/EngineClient.ts";

export const handledInfo: EngineInfo = {
  pid: 1,
  nodeVersion: "22",
  libraryVersion: "3",
  llamaRelease: "b1",
  backend: "cpu",
  probes: [],
  cpuFeatures: [],
  computeCores: 4,
};
export const handledFacts: LoadedFacts = {
  contextSize: 16_384,
  batchSize: 512,
  threads: 2,
  gpuLayers: 0,
  layers: 4,
  flashAttention: true,
  kvCacheType: "f16",
  memoryMapped: true,
  largePages: false,
  description: "qwen2 ?B Q8_0",
  weightsBytes: 1_000_000,
  loadMs: 5,
};

/** A request that the test responds to. */
export interface HandledRequest {
  operation: EngineOperation;
  params: unknown;
  signal: AbortSignal | undefined;
  emit: (event: unknown) => void;
  /** Loads resolve with `handledFacts` unless another value is given. */
  finish: (outcome?: "done" | "cancelled", value?: unknown) => void;
  fail: (error: Error) => void;
}

/** An engine whose responses the test provides, for tests of the order of events. Unloading completes at once. */
export class HandledEngine {
  state: EngineState;
  generation = 1;
  onState: (state: EngineState) => void = () => undefined;
  #info: EngineInfo;
  readonly asked: { operation: EngineOperation; params: unknown }[] = [];
  readonly #requests: HandledRequest[] = [];
  #wake: () => void = () => undefined;

  readonly request = ((
    operation: EngineOperation,
    params: unknown,
    { signal, onEvent }: { signal?: AbortSignal; onEvent?: (event: unknown) => void } = {},
  ) => {
    this.asked.push({ operation, params });
    if (operation === "unload") return Promise.resolve({ outcome: "done", value: null });
    if (signal?.aborted) return Promise.resolve({ outcome: "cancelled", value: null });
    return new Promise((resolve, reject) => {
      const finish: HandledRequest["finish"] = (outcome = "done", value = operation === "load" ? handledFacts : null) =>
        resolve({ outcome, value: outcome === "done" ? value : null });
      signal?.addEventListener("abort", () => finish("cancelled"));
      this.#requests.push({ operation, params, signal, emit: (event) => onEvent?.(event), finish, fail: reject });
      this.#wake();
    });
  }) as unknown as EngineClient["request"];

  constructor(info: EngineInfo = handledInfo) {
    this.#info = info;
    this.state = { state: "ready", info };
  }

  /** Changes its state and notifies the code that opened it. */
  enter(state: EngineState): void {
    this.state = state;
    this.onState(state);
  }

  warmUp(): void {}

  start(): Promise<EngineInfo> {
    return Promise.resolve(this.#info);
  }

  ready(): Promise<EngineInfo> {
    return this.start();
  }

  /** How it was told to start anew. */
  readonly used: EngineChoice[] = [];

  /** Uses another backend or other memory pages, like a new process. */
  use(choice: EngineChoice): Promise<EngineInfo> {
    this.used.push(choice);
    this.generation++;
    const { largePages, ...info } = this.#info;
    this.#info = {
      ...info,
      backend: choice.backend,
      ...(largePages === undefined ? {} : { largePages: choice.largePages }),
    };
    this.enter({ state: "ready", info: this.#info });
    return Promise.resolve(this.#info);
  }

  /** Like a new process, which has not loaded anything. */
  async renew(between: () => Promise<void>): Promise<void> {
    this.enter({ state: "starting" });
    await between();
    this.generation++;
    this.enter({ state: "ready", info: this.#info });
  }

  close(): Promise<void> {
    return Promise.resolve();
  }

  /** Resolves with the next request not returned yet. */
  async next(): Promise<HandledRequest> {
    for (;;) {
      const request = this.#requests.shift();
      if (request !== undefined) return request;
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
  }

  get operations(): string[] {
    return this.asked.map(({ operation }) => operation);
  }
}
