import type { EngineClient } from "../engine/EngineClient.ts";
import type { LoadState } from "../../contract/models.ts";
import type { LocalState } from "./Session.ts";

export interface Holding {
  /** Model and settings; the same key means that nothing has to be loaded. */
  key: string;
  ready: Extract<LoadState, { state: "ready" }>;
  state: LocalState;
  /** What unloading it sets free; pages of the model file count as free already. */
  bytes: number;
}

/** What the engine holds, even while another load is tried or has failed. Its model goes with its process. */
export class HeldModel {
  readonly #engine: Pick<EngineClient, "generation" | "request">;
  #holding: Holding | null = null;
  #generation = 0;

  constructor(engine: Pick<EngineClient, "generation" | "request">) {
    this.#engine = engine;
  }

  get current(): Holding | null {
    if (this.#generation !== this.#engine.generation) this.#holding = null;
    return this.#holding;
  }

  set(holding: Holding): void {
    this.#holding = holding;
    this.#generation = this.#engine.generation;
  }

  /** The engine is gone. */
  lose(): void {
    this.#holding = null;
  }

  /** Has the engine unload it. */
  async release(): Promise<void> {
    if (this.current === null) return;
    this.#holding = null;
    await this.#engine.request("unload", {});
  }
}
