import type {
  EngineOperation,
  EngineRequests,
  GreedyParams,
  MeasureParams,
  PromptParams,
  ReadAheadParams,
  ReadAheadResult,
} from "../../contract/engineProtocol.ts";
import { toProblem, WorkbenchError } from "../../contract/errors.ts";
import type { FileModel } from "../../contract/models.ts";
import type { EngineClient } from "../engine/EngineClient.ts";
import type { RequestOptions, RequestOutcome } from "../engine/PendingRequest.ts";
import type { ChoicesStore } from "../models/choicesStore.ts";
import type { Library } from "../models/library.ts";
import type { ChatStates } from "./ChatStates.ts";
import type { CrashMarks } from "./CrashMarks.ts";
import type { EnsureLoaded } from "./ModelLoader.ts";
import { samplingFor } from "./sampling.ts";
import type { LoadOptions, LocalSession, LocalState, MeasureOptions, SessionReply, WrittenReply } from "./Session.ts";

export interface EngineSessionParts {
  engine: Pick<EngineClient, "request">;
  library: Pick<Library, "facts">;
  choices: Pick<ChoicesStore, "get">;
  marks: Pick<CrashMarks, "replied" | "failed">;
  ensureLoaded: EnsureLoaded;
  states: Pick<ChatStates, "enter" | "hasRead" | "leave" | "saveInBackground">;
  /** Returns what is loaded now. */
  local: () => LocalState | null;
}

/** A session with a model file in the engine process. */
export class EngineSession implements LocalSession {
  readonly model: FileModel;
  readonly #parts: EngineSessionParts;
  readonly #signal: AbortSignal;

  constructor(parts: EngineSessionParts, model: FileModel, signal: AbortSignal) {
    this.#parts = parts;
    this.model = model;
    this.#signal = signal;
  }

  get state(): LocalState | null {
    return this.#parts.local();
  }

  get contextSize(): number | null {
    return this.state?.facts.contextSize ?? null;
  }

  async load(options: LoadOptions): Promise<LocalState | null> {
    const loaded = await this.#parts.ensureLoaded(this.model, { signal: this.#signal, ...options });
    if (!loaded) return null;
    if (this.state === null) throw new WorkbenchError("engine-down");
    return this.state;
  }

  async reply({ wishes, form, skipThought, onEvent, ...reply }: SessionReply): Promise<WrittenReply> {
    const { library, choices, marks } = this.#parts;
    const [facts, chosen] = await Promise.all([library.facts(this.model), choices.get(this.model)]);
    const sampling = samplingFor(facts, wishes, chosen);
    const { chat, messages, thinking, soFar } = reply;
    const restoreMs = await this.#enter(chat, { messages, thinking, soFar });
    if (restoreMs === null) return { outcome: "stopped", stats: null };
    const params = { ...reply, grammar: form?.grammar, sampling, restoreMs };
    const { outcome, value } = await this.#evaluate("generate", params, { skipThought, onEvent });
    if (value !== null) this.#parts.states.hasRead(chat);
    if (value !== null) await marks.replied(this.model, value, this.state?.engine.backend ?? null);
    return { outcome: outcome === "done" ? "done" : "stopped", stats: value };
  }

  async readAhead(params: ReadAheadParams): Promise<ReadAheadResult | null> {
    if ((await this.#enter(params.chat, params)) === null) return null;
    const { value } = await this.#evaluate("readAhead", params);
    if (value !== null && (value.complete || value.readTokens > 0)) this.#parts.states.hasRead(params.chat);
    if (value?.complete === true) await this.#parts.states.saveInBackground(value.promptTokens, this.#signal);
    return value;
  }

  async prompt(params: PromptParams): Promise<{ text: string; tokens: number[] } | null> {
    return (await this.#parts.engine.request("prompt", params, { signal: this.#signal })).value;
  }

  async countTokens(params: PromptParams): Promise<number | null> {
    return (await this.prompt(params))?.tokens.length ?? null;
  }

  async measure(params: MeasureParams, options?: MeasureOptions<"measure">): Promise<RequestOutcome<"measure">> {
    await this.#parts.states.leave();
    return await this.#evaluate("measure", params, options);
  }

  async greedy(params: GreedyParams, options?: MeasureOptions<"greedy">): Promise<RequestOutcome<"greedy">> {
    await this.#parts.states.leave();
    return await this.#evaluate("greedy", params, options);
  }

  /**
   * Restores what was read of a chat. Resolves with the time that it took, or null if it was stopped while the model had
   * to be loaded again.
   */
  async #enter(chat: string | null, prompt: PromptParams): Promise<number | null> {
    const { states, ensureLoaded } = this.#parts;
    const entered = await states.enter(chat, prompt, this.#signal);
    if (entered !== "engineEnded") return entered;
    if (!(await ensureLoaded(this.model, { signal: this.#signal }))) return null;
    // The file has been deleted, so nothing is restored this time.
    return (await states.enter(chat, prompt, this.#signal)) === "engineEnded" ? null : 0;
  }

  /** Runs a request. A crash marks the model, unless the tried settings are to blame. */
  async #evaluate<Op extends EngineOperation>(
    operation: Op,
    params: EngineRequests[Op]["params"],
    { isTrial = false, ...options }: RequestOptions<Op> & { isTrial?: boolean } = {},
  ): Promise<RequestOutcome<Op>> {
    try {
      return await this.#parts.engine.request(operation, params, { signal: this.#signal, ...options });
    } catch (error) {
      if (!isTrial) await this.#parts.marks.failed(this.model, toProblem(error));
      throw error;
    }
  }
}
