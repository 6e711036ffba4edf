import { areTried } from "../../contract/areTried.ts";
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
import { engineArguments } from "./engineArguments.ts";
import type { EnginePaths } from "./EnginePaths.ts";
import type { RequestOptions, RequestOutcome } from "./PendingRequest.ts";
import { defaultBackend } from "./defaultBackend.ts";
import { ProbeCache } from "./ProbeCache.ts";
import { probeBackends, untriedBackends } from "./probeBackends.ts";

export interface EngineClientOptions extends EnginePaths {
  /** The folder where the results of the backend probes are cached. */
  cacheFolder: string;
  /** The only backend that it may use. Left out: the one that `use` asked for last, or else the default. */
  backend?: Backend;
  onState?: (state: EngineState) => void;
  onLog?: (level: "warn" | "error", text: string) => void;
  /** For tests: shorter limits. */
  limits?: Partial<EngineLimits>;
  /** For tests: how long the engine is idle before the backends are tried although nobody waits for that. */
  tryAfterMs?: number;
}

/** How an engine process is started. */
export interface EngineChoice {
  backend: Backend;
  largePages: boolean;
}

const defaultLimits: EngineLimits = { silenceMs: 10_000, startMs: 60_000, cancelMs: 10_000, cancelLoadMs: 1500 };
const closeLimitMs = 1000;
/** Longer than a person at the first message takes between two steps, so that a reply does not start meanwhile. */
const usualTryAfterMs = 1500;
/** After this many failures without a success in between, the engine is restarted only on request of the user. */
const maxFailures = 3;

/**
 * The workbench's client of the engine: starts it, monitors it, restarts it, and sends requests to it. Requests that
 * use the loaded model run one after another, in order of arrival.
 *
 * Where nothing is known of the backends, the engine starts on the CPU at once, and they are tried beside it: when
 * somebody needs to know, or else once it has been idle for a while. Until then, its information says `beingTried`.
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
  #wanted: Backend | null = null;
  /** Whether something relies on the backend that the process has now. */
  #reliedOn = false;
  #trying: Promise<void> | null = null;
  /** What must be done before a process starts. */
  #between: Promise<void> | null = null;
  #tryTimer: NodeJS.Timeout | undefined;
  readonly #closing = new AbortController();
  /** What was found and could not be cached. */
  #uncached: BackendProbe[] | null = null;
  #largePages = false;
  /** Called when no request is pending any more. */
  #onIdle: (() => void)[] = [];

  constructor(options: EngineClientOptions) {
    this.#options = options;
    this.#limits = { ...defaultLimits, ...options.limits };
    this.#cache = new ProbeCache(options.cacheFolder, options);
  }

  get state(): EngineState {
    return this.#state;
  }

  /** Increases by one with each engine process. A model loaded under another number is no longer loaded. */
  get generation(): number {
    return this.#generation;
  }

  /** Starts the engine before it is needed. */
  warmUp(): void {
    this.#ensureReady().catch(() => undefined);
  }

  /**
   * Starts the engine, also after `gaveUp`, and resolves once it is ready and the backends have been tried. Rejects with
   * a coded error.
   */
  async start(): Promise<EngineInfo> {
    if (this.#state.state === "gaveUp") this.#failures = 0;
    const info = await this.#ensureReady();
    if (areTried(info.probes)) return info;
    await this.#tryBackends();
    return await this.#ensureReady();
  }

  /**
   * The same as soon as the engine is ready, for work that needs no other backend than it has then. From now on, only
   * `use` changes that.
   */
  ready(): Promise<EngineInfo> {
    if (this.#state.state === "gaveUp") this.#failures = 0;
    this.#reliedOn = true;
    return this.#ensureReady();
  }

  /**
   * Makes it use a backend, and large memory pages or not: waits until no request is pending, and starts a new process
   * if something changes. Resolves once that is ready, also if the backend turned out to be unusable and another one is
   * used. Rejects with a coded error.
   */
  async use({ backend, largePages }: EngineChoice): Promise<EngineInfo> {
    this.#reliedOn = true;
    const info = await (backend === "cpu" ? this.ready() : this.start());
    const staysOn = info.backend === backend || !isUsable(info.probes, backend);
    if (staysOn && (info.largePages ?? largePages) === largePages) return info;
    while (this.#state.state === "busy") await new Promise<void>((resolve) => this.#onIdle.push(resolve));
    if (!staysOn) this.#wanted = backend;
    this.#largePages = largePages;
    await this.#relaunch();
    return await this.#ensureReady();
  }

  /**
   * Waits until no request is pending, ends the process, does `between`, and starts a new one, which tries the backends
   * again if what could be tried has changed. An engine that was not started stays so. Rejects with what `between`
   * rejects with, or a coded error.
   */
  async renew(between: () => Promise<void>): Promise<void> {
    // A process that ends meanwhile is replaced at once, and that one must not be there either.
    for (;;) {
      if (this.#state.state === "busy") await new Promise<void>((resolve) => this.#onIdle.push(resolve));
      else if (this.#starting !== null) await this.#starting.catch(() => undefined);
      else if (this.#trying !== null) await this.#trying.catch(() => undefined);
      else break;
    }
    this.#uncached = null;
    if (this.#child === null || this.#closed) {
      this.#between = between().finally(() => (this.#between = null));
      return await this.#between;
    }
    this.#reliedOn = false;
    await this.#relaunch(between);
    await this.start();
  }

  /**
   * Sends one request and starts the engine first if needed. Settles exactly once: done, cancelled (after `signal`), or
   * rejected with a `WorkbenchError`. Requests are never repeated after a crash.
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
    this.#reliedOn = true;
    if (signal === undefined) await this.#ensureReady();
    else {
      // A cancelled request does not wait for the start. The engine continues to start for the next request.
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
    // A cancelled request also settles if the engine had to be killed for it, which does not count as a success.
    if (this.#child === child) this.#failures = 0;
    return outcome;
  }

  /** Stops the engine, by force after `limitMs`. The client starts nothing afterwards. */
  async close(limitMs = closeLimitMs): Promise<void> {
    this.#closed = true;
    this.#closing.abort();
    clearTimeout(this.#tryTimer);
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
    await this.#between?.catch(() => undefined);
    const fixed = this.#options.backend ?? null;
    let probes = (await this.#cache.read()) ?? this.#uncached;
    if (probes === null && fixed !== null) {
      probes = await probeBackends(this.#options, { signal: this.#closing.signal });
      await this.#keep(probes);
    }
    probes ??= untriedBackends();
    for (;;) {
      const wanted = this.#wanted !== null && isUsable(probes, this.#wanted) ? this.#wanted : defaultBackend(probes);
      const backend = fixed ?? wanted;
      try {
        return await this.#startChild(probes, backend);
      } catch (error) {
        const problem = toProblem(error);
        if (this.#closed) throw toError(problem);
        if (fixed !== null || backend === "cpu") {
          this.#fail(problem);
          throw toError(problem);
        }
        // The backend passed its probe but failed in use, so the next one is used.
        probes = without(probes, backend);
        await this.#keep(probes);
      }
    }
  }

  /**
   * Ends the process, does `between`, and starts a new one whatever came of that. Settles as `between` does, before the
   * new process is ready; how that ends is in the state.
   */
  async #relaunch(between?: () => Promise<void>): Promise<void> {
    const child = this.#child;
    this.#child = null;
    if (child === null || this.#closed) return;
    this.#setState({ state: "starting" });
    const ended = child.close(closeLimitMs).then(between);
    this.#starting ??= ended
      .catch(() => undefined)
      .then(() => this.#launch())
      .finally(() => {
        this.#starting = null;
      });
    this.#starting.catch(() => undefined);
    await ended;
  }

  /** Resolves once the backends have been tried. `yields`: nobody waits for it. */
  #tryBackends(yields = false): Promise<void> {
    clearTimeout(this.#tryTimer);
    this.#trying ??= this.#tryNow(yields).finally(() => {
      this.#trying = null;
    });
    return this.#trying;
  }

  async #tryNow(yields: boolean): Promise<void> {
    const probes = await probeBackends(this.#options, { yields, signal: this.#closing.signal });
    await this.#keep(probes);
    // A process that is starting is still without them.
    await this.#starting?.catch(() => undefined);
    if (!("info" in this.#state)) return;
    const { state, info } = this.#state;
    this.#setState({ state, info: { ...info, probes } });
    // As if they had been known at the start, unless something has begun on the CPU.
    if (state === "ready" && !this.#reliedOn && info.backend !== defaultBackend(probes)) await this.#relaunch();
  }

  async #keep(probes: BackendProbe[]): Promise<void> {
    // The processes that closing killed would count as crashes.
    if (this.#closed) return;
    this.#uncached = (await this.#cache.write(probes)) ? null : probes;
  }

  async #startChild(probes: BackendProbe[], backend: Backend): Promise<EngineInfo> {
    const args = await engineArguments(this.#options, "--backend", backend);
    if (this.#closed) throw new WorkbenchError("engine-down", { case: "closed" });
    const child: EngineChild = new EngineChild({
      nodePath: this.#options.nodePath,
      args,
      largePages: this.#largePages,
      limits: this.#limits,
      onLog: (level, text) => this.#options.onLog?.(level, text),
      onBusy: (busy) => {
        if ("info" in this.#state && this.#child === child && !this.#closed) {
          this.#setState({ state: busy ? "busy" : "ready", info: this.#state.info });
        }
      },
      onExit: (problem, deliberate) => {
        if (this.#child !== child) return;
        this.#child = null;
        if ("info" in this.#state && !this.#closed) this.#replace(deliberate ? null : problem);
      },
    });
    this.#child = child;
    const info: EngineInfo = { ...(await child.ready), probes };
    if (this.#closed || this.#child !== child) throw new WorkbenchError("engine-down", { case: "closed" });
    this.#generation++;
    this.#setState({ state: "ready", info });
    return info;
  }

  /**
   * Replaces an engine that had started and then exited, because of a problem or on purpose. Starts the new one at
   * once, so that the next message need not wait for it.
   */
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
    clearTimeout(this.#tryTimer);
    if (state.state === "ready" && !areTried(state.info.probes)) {
      this.#tryTimer = setTimeout(() => void this.#tryBackends(true), this.#options.tryAfterMs ?? usualTryAfterMs);
    }
    if (state.state !== "busy") for (const tell of this.#onIdle.splice(0)) tell();
    this.#options.onState?.(state);
  }
}

const lastCauses: Partial<Record<ErrorCode, FactsOf<"engine-gave-up">>> = {
  "engine-start-failed": { case: "start" },
  "engine-hung": { case: "hung" },
  "engine-out-of-memory": { case: "memory" },
};

const isUsable = (probes: readonly BackendProbe[], wanted: Backend): boolean =>
  probes.some(({ backend, usable }) => usable && backend === wanted);

/** Returns the probes with one backend marked as unusable. */
function without(probes: BackendProbe[], backend: BackendProbe["backend"]): BackendProbe[] {
  const reason = { code: "notStarted" } as const;
  return probes.map((probe) => (probe.backend === backend ? { ...probe, usable: false, reason, memory: null } : probe));
}
