import type { Backend, BackendProbe, EngineInfo, EngineState } from "../../contract/engine.ts";
import type { EngineOperation, EngineRequests } from "../../contract/engineProtocol.ts";
import {
  type ErrorCode,
  type FactsOf,
  type Problem,
  toError,
  toProblem,
  WorkbenchError,
} from "../../contract/errors.ts";
import { abortable } from "../abortable.ts";
import { EngineChild, type EngineLimits } from "./EngineChild.ts";
import type { EnginePaths } from "./EnginePaths.ts";
import type { RequestOptions, RequestOutcome } from "./PendingRequest.ts";
import { ProbeCache } from "./ProbeCache.ts";
import { probeBackends } from "./probeBackends.ts";

export interface EngineClientOptions extends EnginePaths {
  /** Where the backend probes' outcome is kept. */
  cacheFolder: string;
  onState?: (state: EngineState) => void;
  onLog?: (level: "warn" | "error", text: string) => void;
  /** For tests: shorter limits. */
  limits?: Partial<EngineLimits>;
}

const defaultLimits: EngineLimits = { silenceMs: 10_000, startMs: 60_000, cancelMs: 10_000, cancelLoadMs: 1500 };
const closeLimitMs = 1000;
/** This many failures without a success between them, and a person must look. */
const maxFailures = 3;

/**
 * The workbench's side of the engine: starts it, watches it, restarts it, and carries requests to it.
 * Requests that concern the loaded model run one after the other, in the order they were made.
 */
export class EngineClient {
  readonly #options: EngineClientOptions;
  readonly #limits: EngineLimits;
  readonly #cache: ProbeCache;
  #state: EngineState = { state: "stopped" };
  #child: EngineChild | null = null;
  #starting: Promise<EngineInfo> | null = null;
  #failures = 0;
  #generation = 0;
  #closed = false;

  constructor(options: EngineClientOptions) {
    this.#options = options;
    this.#limits = { ...defaultLimits, ...options.limits };
    this.#cache = new ProbeCache(options.cacheFolder, options);
  }

  get state(): EngineState {
    return this.#state;
  }

  /** Rises by one with each engine process. A model loaded under another number is gone. */
  get generation(): number {
    return this.#generation;
  }

  /** Resolves once the engine is ready; a person's go-ahead after `gaveUp`. Rejects with a coded error. */
  start(): Promise<EngineInfo> {
    if (this.#state.state === "gaveUp") this.#failures = 0;
    return this.#ensureReady();
  }

  /**
   * Carries one request; starts the engine first where needed. Settles exactly once: done, cancelled
   * (after `signal`), or rejected with a WorkbenchError. Nothing is ever repeated after a crash.
   */
  async request<Op extends EngineOperation>(
    operation: Op,
    params: EngineRequests[Op]["params"],
    options: RequestOptions<Op> = {},
  ): Promise<RequestOutcome<Op>> {
    if (this.#state.state === "gaveUp") {
      const { code, detail } = this.#state.problem;
      throw new WorkbenchError("engine-gave-up", lastCauses[code], detail);
    }
    const { signal } = options;
    if (signal === undefined) await this.#ensureReady();
    else {
      // A stop does not wait for the start; the engine continues to start for the next request.
      const ready = this.#ensureReady();
      ready.catch(() => undefined);
      await abortable(ready, signal).catch((error: unknown) => {
        if (!signal.aborted) throw error;
      });
      if (signal.aborted) return { outcome: "cancelled", value: null };
    }
    const child = this.#child;
    if (child === null) throw new WorkbenchError("engine-down");
    const outcome = await child.request(operation, params, options);
    // A cancelled request settles even when the engine had to be killed for it: that is no success.
    if (this.#child === child) this.#failures = 0;
    return outcome;
  }

  /** Ends the engine, within `limitMs` or by force; the client starts nothing afterwards. */
  async close(limitMs = closeLimitMs): Promise<void> {
    this.#closed = true;
    if (this.#state.state === "stopped") return;
    this.#setState({ state: "stopping" });
    await this.#child?.close(limitMs);
    await this.#starting?.catch(() => undefined);
    this.#child = null;
    this.#setState({ state: "stopped" });
  }

  #ensureReady(): Promise<EngineInfo> {
    if (this.#closed) return Promise.reject(new WorkbenchError("engine-down", { case: "closed" }));
    if (this.#state.state === "ready" || this.#state.state === "busy") return Promise.resolve(this.#state.info);
    this.#starting ??= this.#launch().finally(() => {
      this.#starting = null;
    });
    return this.#starting;
  }

  async #launch(): Promise<EngineInfo> {
    this.#setState({ state: "starting" });
    let probes = await this.#cache.read();
    if (probes === null) {
      probes = await probeBackends(this.#options);
      await this.#cache.write(probes);
    }
    for (;;) {
      const backend = probes.find((probe) => probe.usable)?.backend ?? "cpu";
      try {
        return await this.#startChild(probes, backend);
      } catch (error) {
        const problem = toProblem(error);
        if (this.#closed) throw toError(problem);
        if (backend === "cpu") {
          this.#fail(problem);
          throw toError(problem);
        }
        // It passed its trial and failed in earnest: the next one in line takes over.
        probes = without(probes, backend);
        await this.#cache.write(probes);
      }
    }
  }

  async #startChild(probes: BackendProbe[], backend: Backend): Promise<EngineInfo> {
    if (this.#closed) throw new WorkbenchError("engine-down", { case: "closed" });
    let info: EngineInfo | null = null;
    const child: EngineChild = new EngineChild({
      nodePath: this.#options.nodePath,
      args: [this.#options.entry, "--backend", backend],
      limits: this.#limits,
      onLog: (level, text) => this.#options.onLog?.(level, text),
      onBusy: (busy) => {
        if (info !== null && this.#child === child && !this.#closed) {
          this.#setState({ state: busy ? "busy" : "ready", info });
        }
      },
      onExit: (problem, deliberate) => {
        if (this.#child !== child) return;
        this.#child = null;
        if (info !== null && !this.#closed) this.#replace(deliberate ? null : problem);
      },
    });
    this.#child = child;
    info = { ...(await child.ready), probes };
    if (this.#closed || this.#child !== child) throw new WorkbenchError("engine-down", { case: "closed" });
    this.#generation++;
    this.#setState({ state: "ready", info });
    return info;
  }

  /** Started once and then died, of a problem or because it was meant to: start the next one at once, so that the next message need not wait for it. */
  #replace(problem: Problem | null): void {
    if (problem === null) this.#setState({ state: "stopped" });
    else this.#fail(problem);
    if (this.#state.state !== "gaveUp") this.#ensureReady().catch(() => undefined);
  }

  #fail(problem: Problem): void {
    this.#failures++;
    this.#options.onLog?.(
      "error",
      [problem.code, problem.facts && JSON.stringify(problem.facts)].filter(Boolean).join(" "),
    );
    if (this.#failures >= maxFailures) this.#setState({ state: "gaveUp", problem });
    else this.#setState({ state: "crashed", problem, failures: this.#failures });
  }

  #setState(state: EngineState): void {
    this.#state = state;
    this.#options.onState?.(state);
  }
}

const lastCauses: Partial<Record<ErrorCode, FactsOf<"engine-gave-up">>> = {
  "engine-start-failed": { case: "start" },
  "engine-hung": { case: "hung" },
  "engine-out-of-memory": { case: "memory" },
};

/** The probes, with one backend that cannot be used after all. */
function without(probes: BackendProbe[], backend: BackendProbe["backend"]): BackendProbe[] {
  const reason = { code: "notStarted" } as const;
  return probes.map((probe) => (probe.backend === backend ? { ...probe, usable: false, reason, memory: null } : probe));
}
