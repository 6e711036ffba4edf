import type { ComparedAnswer, Comparison, ComparisonRun } from "../../contract/comparisons.ts";
import type { Message } from "../../contract/chats.ts";
import { type Problem, WorkbenchError } from "../../contract/errors.ts";
import type { EventListener } from "../../contract/events.ts";
import type { LoadState, Model } from "../../contract/models.ts";
import type { StoreClient } from "../chats/StoreClient.ts";
import { replyModel } from "../models/replyModel.ts";
import { askedModel } from "../runs/askedModel.ts";
import { AskedRuns } from "../runs/AskedRuns.ts";
import { readVersions } from "../runs/readVersions.ts";
import { replyEnd } from "../runs/replyEnd.ts";
import type { Runs } from "../runs/Runs.ts";
import { showVersion } from "../runs/showVersion.ts";
import { countVotes, isWhole } from "../votes/countVotes.ts";
import { comparedAnswers } from "./comparedAnswers.ts";
import { cutComparison } from "./cutComparison.ts";

export interface ComparisonsOptions {
  store: Pick<StoreClient, "request">;
  runs: Pick<Runs, "start" | "attach" | "runIn" | "hold" | "isHeld" | "stop" | "stopInChat" | "freshest">;
  /** Resolves with the models on this machine and those of the servers. */
  models: () => Promise<Model[]>;
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
 * stored than the answers, each with the comparison that it is part of until that has ended.
 */
export class ComparisonRuns {
  readonly #options: ComparisonsOptions;
  readonly #asked: AskedRuns<ComparisonRun>;
  /** The reply that each chat with a comparison under way showed before. */
  readonly #shownBefore = new Map<string, string>();

  constructor(options: ComparisonsOptions) {
    this.#options = options;
    const { store, runs, onEvent } = options;
    const onTold = (run: ComparisonRun): void => onEvent("comparisons.changed", run);
    this.#asked = new AskedRuns({ kind: "comparison", store, runs, onTold });
  }

  /** See the call `comparisons.start`. */
  async start(messageId: string, modelIds: readonly string[]): Promise<ComparisonRun> {
    const reply = await this.#asked.reply(messageId);
    const { chatId, questionId } = reply;
    const models = await this.#expectModels(modelIds);
    this.#asked.expectIdle(chatId);
    const run: ComparisonRun = {
      chatId,
      questionId,
      state: "running",
      answers: models.map((model) => {
        const isThis = reply.model?.id === model.id && isWhole(reply) && reply.model.edited !== true;
        return { model, messageId: isThis ? reply.id : null, loadMs: null, problem: null };
      }),
      unanswered: [],
      problem: null,
    };
    // One that was cut is not gone on with.
    await this.#asked.end(run);
    const toAsk = run.answers.filter((answer) => answer.messageId === null).map(({ model }) => model.id);
    return await this.#go(messageId, run, toAsk);
  }

  /** See the call `comparisons.askRest`. */
  async askRest(messageId: string): Promise<ComparisonRun> {
    const { run: cut } = await this.of(messageId);
    if (cut?.state !== "cut") throw new WorkbenchError("input-invalid", undefined, "No comparison was cut here.");
    const there = await this.#options.models();
    const toAsk = cut.unanswered.filter((wanted) => there.some(({ id }) => id === wanted));
    if (toAsk.length === 0) throw new WorkbenchError("model-not-found");
    const run: ComparisonRun = { ...cut, state: "running", unanswered: [] };
    for (const modelId of cut.unanswered)
      change(run, modelId, toAsk.includes(modelId) ? { messageId: null } : { problem: this.#notFound() });
    return await this.#go(await this.#shownBeforeCut(messageId), run, toAsk);
  }

  /** See the call `comparisons.keep`. */
  async keep(messageId: string): Promise<void> {
    const { run } = await this.of(messageId);
    if (run?.state !== "cut") return;
    const before = await this.#shownBeforeCut(messageId);
    await this.#asked.end(run);
    await showVersion(this.#options, before);
    this.#asked.tell({ ...run, state: "stopped", unanswered: [] });
  }

  /** Does nothing if no models are being compared in this chat. */
  async stop(chatId: string): Promise<void> {
    await this.#asked.stop(chatId);
  }

  async of(messageId: string): Promise<Comparison> {
    const reply = await this.#asked.reply(messageId);
    const { questionId } = reply;
    const versions = await readVersions(this.#options, reply.version.ids);
    const cut = this.#asked.isBusy(reply.chatId) ? null : cutComparison(questionId, versions);
    const run = this.#asked.last(reply) ?? cut;
    const answers = comparedAnswers(versions, run);
    const compared = versions.filter(({ id }) => answers.some((answer) => answer.messageId === id));
    return { questionId, answers, votes: countVotes(questionId, compared), run };
  }

  /** No more models are asked. The answer that is being written is ended by `Runs`, once this has resolved. */
  async close(): Promise<void> {
    await this.#asked.close();
    await Promise.all([...this.#shownBefore.keys()].map((chatId) => this.#showBefore(chatId)));
  }

  async #expectModels(modelIds: readonly string[]): Promise<ComparedAnswer["model"][]> {
    const models = await this.#options.models();
    return modelIds.map((wanted) => {
      const model = models.find(({ id }) => id === wanted);
      if (model === undefined) throw new WorkbenchError("model-not-found");
      return replyModel(model);
    });
  }

  #notFound(): Problem {
    return this.#options.shownError(new WorkbenchError("model-not-found"));
  }

  /** Begins the first answer, and has the others follow. Then this message is shown again. */
  async #go(messageId: string, run: ComparisonRun, modelIds: readonly string[]): Promise<ComparisonRun> {
    const { chatId } = run;
    // The one in memory first: it need not be loaded.
    const toAsk = modelIds.toSorted((one, other) => Number(this.#isLoaded(other)) - Number(this.#isLoaded(one)));
    this.#asked.expectIdle(chatId);
    const letGo = this.#asked.hold(chatId);
    try {
      const first = await this.#begin(run, toAsk[0] ?? "");
      this.#shownBefore.set(chatId, messageId);
      void this.#work(run, toAsk, first, letGo);
      return this.#asked.last(run) ?? run;
    } catch (error) {
      letGo();
      throw error;
    }
  }

  /** Does the same as `begin`. Resolves with null if the model was deleted meanwhile: the default one would answer. */
  async #beginIfThere(run: ComparisonRun, modelId: string): Promise<string | null> {
    const models = await this.#options.models();
    if (models.some(({ id }) => id === modelId)) return await this.#begin(run, modelId);
    change(run, modelId, { problem: this.#notFound() });
    this.#tell(run);
    return null;
  }

  /** Begins the answer of a model, and resolves with its id. */
  async #begin(run: ComparisonRun, modelId: string): Promise<string> {
    return await this.#asked.beginNext(run.chatId, () => this.#beginAnswer(run, modelId));
  }

  async #beginAnswer(run: ComparisonRun, modelId: string): Promise<string> {
    const { store, runs } = this.#options;
    const models = run.answers.map(({ model }) => model);
    const model = models.find(({ id }) => id === modelId) ?? null;
    const asked = askedModel(model, { kind: "comparison", models });
    const begun = await store.request("beginVersion", { messageId: run.questionId, model: asked });
    const { runId } = runs.start(begun, modelId, { byThisModel: true });
    change(run, modelId, { messageId: runId });
    this.#tell(run);
    return runId;
  }

  async #work(run: ComparisonRun, toAsk: readonly string[], first: string, letGo: () => void): Promise<void> {
    const isStopped = (): boolean => this.#asked.isStopped(run.chatId);
    try {
      for (const [index, modelId] of toAsk.entries()) {
        // The first answer has begun, and is waited for even if it was stopped at once.
        if (index > 0 && isStopped()) break;
        const runId = index === 0 ? first : await this.#beginIfThere(run, modelId);
        if (runId === null) continue;
        await replyEnd(this.#options.runs, runId);
        change(run, modelId, { loadMs: this.#loadMs(modelId) });
      }
      run.state = isStopped() ? "stopped" : "complete";
    } catch (error) {
      run.state = isStopped() ? "stopped" : "failed";
      run.problem = run.state === "failed" ? this.#options.shownError(error) : null;
    }
    await this.#showBefore(run.chatId);
    await this.#asked.end(run);
    letGo();
    this.#tell(run);
  }

  /** Shows the reply that was shown before: nobody has chosen one of the answers yet. */
  async #showBefore(chatId: string): Promise<void> {
    const messageId = this.#shownBefore.get(chatId);
    this.#shownBefore.delete(chatId);
    if (messageId !== undefined) await showVersion(this.#options, messageId);
  }

  /** Resolves with this reply, or if a crash has left an answer of the comparison shown, with the version before them all. */
  async #shownBeforeCut(messageId: string): Promise<string> {
    const { version } = await this.#asked.reply(messageId);
    const versions = await readVersions(this.#options, version.ids);
    const isPart = ({ model }: Message): boolean => model?.asked?.kind === "comparison";
    const isShown = versions.some((message) => message.id === messageId && isPart(message));
    return (isShown && versions[versions.findIndex(isPart) - 1]?.id) || messageId;
  }

  #isLoaded(modelId: string): boolean {
    return this.#loadMs(modelId) !== null;
  }

  /** Returns how long a model took to load, or null if it is not in memory. */
  #loadMs(modelId: string): number | null {
    const loaded = this.#options.loaded();
    return loaded.state === "ready" && loaded.modelId === modelId ? loaded.facts.loadMs : null;
  }

  /** Tells a copy: the run itself is changed later. */
  #tell(run: ComparisonRun): void {
    this.#asked.tell({ ...run });
  }
}

function change(run: ComparisonRun, modelId: string, changes: Partial<ComparedAnswer>): void {
  run.answers = run.answers.map((answer) => (answer.model.id === modelId ? { ...answer, ...changes } : answer));
}
