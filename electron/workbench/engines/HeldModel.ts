import type { EngineClient } from "../engine/EngineClient.ts";
import type { LoadState } from "../../contract/models.ts";
import type { ModelFile } from "../models/modelFiles.ts";
import type { LocalState } from "./Session.ts";

/** An engine that takes longer than this to unload is replaced by another one. */
const unloadLimitMs = 15_000;

export interface Holding {
  /** Identifies model and settings. If the key is the same, nothing has to be loaded. */
  key: string;
  ready: Extract<LoadState, { state: "ready" }>;
  state: LocalState;
  /** The model's file, and its fingerprint before it was loaded. */
  modelFile: ModelFile;
  fingerprint: string;
  /** Identifies all that the state of a chat depends on. Null if it cannot be determined, so that none is kept. */
  stateKey: string | null;
  /** Number of bytes that unloading it frees. Pages of the model file count as free already. */
  bytes: number;
}

/**
 * The model that the engine holds, even while another load is in progress or has failed. It is lost when the engine
 * exits.
 */
export class HeldModel {
  readonly #engine: Pick<EngineClient, "generation" | "request">;
  readonly #limitMs: number;
  #holding: Holding | null = null;
  #generation = 0;
  #releasing: Promise<void> = Promise.resolve();

  /** Called before it is unloaded. */
  onRelease: (holding: Holding) => Promise<void> = () => Promise.resolve();

  constructor(engine: Pick<EngineClient, "generation" | "request">, limitMs = unloadLimitMs) {
    this.#engine = engine;
    this.#limitMs = limitMs;
  }

  get current(): Holding | null {
    if (this.#generation !== this.#engine.generation) this.#holding = null;
    return this.#holding;
  }

  set(holding: Holding): void {
    this.#holding = holding;
    this.#generation = this.#engine.generation;
  }

  /** Call when the engine has exited. */
  lose(): void {
    this.#holding = null;
  }

  /**
   * Makes the engine unload it, or replaces an engine that cannot: native code may hang. Also waits for an unloading that
   * has begun.
   */
  async release(): Promise<void> {
    const holding = this.current;
    if (holding === null) {
      await this.#releasing.catch(() => undefined);
      return;
    }
    // At once, so that nobody uses it any more while what it has read is saved.
    this.#holding = null;
    this.#releasing = this.onRelease(holding).then(async () => {
      const signal = AbortSignal.timeout(this.#limitMs);
      await this.#engine.request("unload", {}, { signal, cancelMs: 0 });
    });
    await this.#releasing;
  }
}
