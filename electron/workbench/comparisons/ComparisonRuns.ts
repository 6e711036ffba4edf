import type { ComparedAnswer, Comparison, ComparisonRun } from "../../contract/comparisons.ts";
import type { Message } from "../../contract/chats.ts";
import { type Problem, WorkbenchError } from "../../contract/errors.ts";
import type { EventListener } from "../../contract/events.ts";
import type { LoadState, Model } from "../../contract/models.ts";
import type { StoreClient } from "../chats/StoreClient.ts";
import { readVersions } from "../runs/readVersions.ts";
import { replyEnd } from "../runs/replyEnd.ts";
import type { Runs } from "../runs/Runs.ts";
import { showVersion } from "../runs/showVersion.ts";
import { countVotes, isWhole } from "../votes/countVotes.ts";
import { comparedAnswers } from "./comparedAnswers.ts";

export interface ComparisonsOptions {
  store: Pick<StoreClient, "request">;
  runs: Pick<Runs, "start" | "attach" | "runIn" | "hold" | "isHeld" | "stop" | "stopInChat" | "freshest">;
  /** Resolves with the models on this machine. */
  models: () => Promise<Pick<Model, "id" | "name">[]>;
  /** Returns what is in memory. */
  loaded: () => LoadState;
  /** Shows a version of a reply, and tells everyone. */
  show: (messageId: string) => Promise<unknown>;
  onEvent: EventListener;
  /** Returns a failure in the form that is shown. */
  shownError: (error: unknown) => Problem;
}

/**
 * Asks several models the same question, one after another, so that only one is in memory at a time. Nothing else is
 * stored than the answers: after a restart, the comparison is made of them again.
 */
export class ComparisonRuns {
  readonly #options: ComparisonsOptions;
  /** The last run of each chat. */
  readonly #runs = new Map<string, ComparisonRun>();
  /** The reply that each chat with a comparison under way showed before. */
  readonly #shownBefore = new Map<string, string>();
  readonly #stopping = new Set<string>();
  /** Answers that are being begun: they are in the store before they are runs. */
  readonly #beginning = new Set<Promise<string>>();
  #closed = false;

  constructor(options: ComparisonsOptions) {
    this.#options = options;
  }

  /** See the call `comparisons.start`. */
  async start(messageId: string, modelIds: readonly string[]): Promise<ComparisonRun> {
    const { runs } = this.#options;
    const reply = await this.#reply(messageId);
    const { chatId, parentId: questionId } = reply;
    const models = await this.#expectModels(modelIds);
    if (runs.isHeld(chatId) || runs.runIn(chatId) !== null) throw new WorkbenchError("chat-busy");
    const run: ComparisonRun = {
      chatId,
      questionId,
      state: "running",
      answers: models.map((model) => {
        const isThis = reply.model?.id === model.id && isWhole(reply) && reply.model.edited !== true;
        return { model, messageId: isThis ? reply.id : null, loadMs: null, problem: null };
      }),
      problem: null,
    };
    const toAsk = run.answers.filter((answer) => answer.messageId === null).map(({ model }) => model.id);
    // The one in memory first: it need not be loaded.
    toAsk.sort((one, other) => Number(this.#isLoaded(other)) - Number(this.#isLoaded(one)));
    this.#stopping.delete(chatId);
    const letGo = runs.hold(chatId, () => this.#stopping.add(chatId));
    try {
      const first = await this.#begin(run, toAsk[0] ?? "");
      this.#shownBefore.set(chatId, messageId);
      void this.#work(run, toAsk, first, letGo);
      return this.#runs.get(chatId) ?? run;
    } catch (error) {
      letGo();
      throw error;
    }
  }

  /** Does nothing if no models are being compared in this chat. */
  async stop(chatId: string): Promise<void> {
    if (this.#runs.get(chatId)?.state === "running") await this.#options.runs.stopInChat(chatId);
  }

  async of(messageId: string): Promise<Comparison> {
    const { chatId, parentId: questionId, version } = await this.#reply(messageId);
    const versions = await readVersions(this.#options, version.ids);
    const last = this.#runs.get(chatId);
    const run = last?.questionId === questionId ? last : null;
    const answers = comparedAnswers(versions, run);
    const compared = versions.filter(({ id }) => answers.some((answer) => answer.messageId === id));
    return { questionId, answers, votes: countVotes(questionId, compared), run };
  }

  /** No more models are asked. The answer that is being written is ended by `Runs`, once this has resolved. */
  async close(): Promise<void> {
    this.#closed = true;
    await Promise.allSettled(this.#beginning);
    await Promise.all([...this.#shownBefore.keys()].map((chatId) => this.#showBefore(chatId)));
  }

  async #reply(messageId: string): Promise<Message & { parentId: string }> {
    const message = await this.#options.store.request("readMessage", { messageId });
    const { role, parentId } = message;
    if (role !== "assistant" || parentId === null)
      throw new WorkbenchError("input-invalid", undefined, "Only the answers to a question can be compared.");
    return { ...message, parentId };
  }

  async #expectModels(modelIds: readonly string[]): Promise<ComparedAnswer["model"][]> {
    const models = await this.#options.models();
    return modelIds.map((wanted) => {
      const model = models.find(({ id }) => id === wanted);
      if (model === undefined) throw new WorkbenchError("model-not-found");
      return { id: model.id, name: model.name };
    });
  }

  /** Does the same as `begin`. Resolves with null if the model was deleted meanwhile: the default one would answer. */
  async #beginIfThere(run: ComparisonRun, modelId: string): Promise<string | null> {
    const models = await this.#options.models();
    if (models.some(({ id }) => id === modelId)) return await this.#begin(run, modelId);
    change(run, modelId, { problem: this.#options.shownError(new WorkbenchError("model-not-found")) });
    this.#tell(run);
    return null;
  }

  /** Begins the answer of a model, and resolves with its id. If none is wanted any more, it is stopped at once. */
  async #begin(run: ComparisonRun, modelId: string): Promise<string> {
    if (this.#closed) throw new WorkbenchError("engine-down");
    const beginning = this.#beginAnswer(run, modelId);
    this.#beginning.add(beginning);
    try {
      const runId = await beginning;
      if (this.#stopping.has(run.chatId)) this.#options.runs.stop(runId);
      return runId;
    } finally {
      this.#beginning.delete(beginning);
    }
  }

  async #beginAnswer(run: ComparisonRun, modelId: string): Promise<string> {
    const { store, runs } = this.#options;
    const { model = null } = run.answers.find((answer) => answer.model.id === modelId) ?? {};
    const begun = await store.request("beginVersion", { messageId: run.questionId, model });
    const { runId } = runs.start(begun, modelId, { byThisModel: true });
    change(run, modelId, { messageId: runId });
    this.#tell(run);
    return runId;
  }

  async #work(run: ComparisonRun, toAsk: readonly string[], first: string, letGo: () => void): Promise<void> {
    try {
      for (const [index, modelId] of toAsk.entries()) {
        // The first answer has begun, and is waited for even if it was stopped at once.
        if (index > 0 && this.#isStopped(run)) break;
        const runId = index === 0 ? first : await this.#beginIfThere(run, modelId);
        if (runId === null) continue;
        await replyEnd(this.#options.runs, runId);
        change(run, modelId, { loadMs: this.#loadMs(modelId) });
      }
      run.state = this.#isStopped(run) ? "stopped" : "complete";
    } catch (error) {
      run.state = this.#isStopped(run) ? "stopped" : "failed";
      run.problem = run.state === "failed" ? this.#options.shownError(error) : null;
    }
    await this.#showBefore(run.chatId);
    letGo();
    this.#tell(run);
  }

  /** Shows the reply that was shown before: nobody has chosen one of the answers yet. */
  async #showBefore(chatId: string): Promise<void> {
    const messageId = this.#shownBefore.get(chatId);
    this.#shownBefore.delete(chatId);
    if (messageId !== undefined) await showVersion(this.#options, messageId);
  }

  #isStopped({ chatId }: ComparisonRun): boolean {
    return this.#closed || this.#stopping.has(chatId);
  }

  #isLoaded(modelId: string): boolean {
    return this.#loadMs(modelId) !== null;
  }

  /** Returns how long a model took to load, or null if it is not in memory. */
  #loadMs(modelId: string): number | null {
    const loaded = this.#options.loaded();
    return loaded.state === "ready" && loaded.modelId === modelId ? loaded.facts.loadMs : null;
  }

  #tell(run: ComparisonRun): void {
    const told = { ...run };
    this.#runs.set(run.chatId, told);
    this.#options.onEvent("comparisons.changed", told);
  }
}

function change(run: ComparisonRun, modelId: string, changes: Partial<ComparedAnswer>): void {
  run.answers = run.answers.map((answer) => (answer.model.id === modelId ? { ...answer, ...changes } : answer));
}
