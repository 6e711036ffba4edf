import type { BegunRun, Message, SentMessage } from "../../contract/chats.ts";
import { type Problem, WorkbenchError } from "../../contract/errors.ts";
import type { EventListener } from "../../contract/events.ts";
import type { VoteRun, Votes } from "../../contract/votes.ts";
import type { Chats } from "../chats/openChats.ts";
import type { StoreClient } from "../chats/StoreClient.ts";
import type { Models } from "../models/openModels.ts";
import { readVersions } from "../runs/readVersions.ts";
import { replyEnd } from "../runs/replyEnd.ts";
import type { Runs } from "../runs/Runs.ts";
import { showVersion } from "../runs/showVersion.ts";
import { countVotes } from "./countVotes.ts";
import { isDecided } from "./isDecided.ts";

export interface VotesOptions {
  store: Pick<StoreClient, "request">;
  runs: Pick<Runs, "start" | "attach" | "runIn" | "hold" | "isHeld" | "stop" | "stopInChat" | "freshest">;
  models: Pick<Models, "nameOf">;
  send: Chats["send"];
  /** Shows a version of a reply, and tells everyone. */
  show: (messageId: string) => Promise<unknown>;
  onEvent: EventListener;
  /** Returns a failure in the form that is shown. */
  shownError: (error: unknown) => Problem;
}

/** The seed of the chat's settings, and how many versions there were before. */
interface Seeds {
  first: number | null;
  versions: number;
}

/**
 * Has questions answered several times, one answer after another, and shows what most of them say. Nothing else is
 * stored than the answers, so after a crash or a restart their agreement is counted again.
 */
export class VoteRuns {
  readonly #options: VotesOptions;
  /** The last run of each chat. */
  readonly #runs = new Map<string, VoteRun>();
  readonly #stopping = new Set<string>();
  /** Answers that are being begun: they are in the store before they are runs. */
  readonly #beginning = new Set<Promise<unknown>>();
  #closed = false;

  constructor(options: VotesOptions) {
    this.#options = options;
  }

  /** See the call `votes.start`. */
  async start(messageId: string, answers: number): Promise<VoteRun> {
    const { store, runs } = this.#options;
    const { chatId, questionId } = await this.#reply(messageId);
    if (runs.isHeld(chatId) || runs.runIn(chatId) !== null) throw new WorkbenchError("chat-busy");
    const run = newRun(chatId, questionId, answers);
    const letGo = this.#hold(run);
    try {
      const { replySettings } = await store.request("readChat", { chatId });
      const versions = (await store.request("readMessage", { messageId })).version.count;
      const seeds = { first: replySettings.seed, versions };
      const first = await this.#begin(run, seeds);
      this.#tell(run);
      void this.#work(run, seeds, first, letGo);
      return this.#runs.get(chatId) ?? run;
    } catch (error) {
      letGo();
      this.#runs.delete(chatId);
      throw error;
    }
  }

  /** See the call `votes.ask`. */
  async ask(message: SentMessage, answers: number): Promise<{ begun: BegunRun; run: VoteRun }> {
    const { store, send } = this.#options;
    if (this.#closed) throw new WorkbenchError("engine-down");
    const { replySettings } = await store.request("readChat", { chatId: message.chatId });
    const seeds = { first: replySettings.seed, versions: 0 };
    const begun = await this.#tracked(send(message, { seed: seeds.first }));
    // From here on nothing can fail before the vote is under way.
    const questionId = begun.messages[0]?.id ?? "";
    const run = newRun(message.chatId, questionId, answers);
    const letGo = this.#hold(run);
    this.#tell(run);
    void this.#work(run, seeds, begun.runId, letGo);
    return { begun, run };
  }

  /** Does nothing if the question of this chat is not being asked. */
  async stop(chatId: string): Promise<void> {
    if (!this.#isRunning(chatId)) return;
    await this.#options.runs.stopInChat(chatId);
  }

  async of(messageId: string): Promise<{ votes: Votes; run: VoteRun | null }> {
    const reply = await this.#reply(messageId);
    const run = this.#runs.get(reply.chatId);
    const votes = await this.#count(reply.questionId, reply.version.ids);
    return { votes, run: run?.questionId === reply.questionId ? run : null };
  }

  /** No more answers are begun. The one that is being written is ended by `Runs`, once this has resolved. */
  async close(): Promise<void> {
    this.#closed = true;
    await Promise.allSettled(this.#beginning);
  }

  /** Keeps the chat busy until the returned function is called. */
  #hold(run: VoteRun): () => void {
    const { chatId } = run;
    this.#runs.set(chatId, run);
    this.#stopping.delete(chatId);
    return this.#options.runs.hold(chatId, () => this.#stopping.add(chatId));
  }

  #isRunning(chatId: string): boolean {
    return this.#runs.get(chatId)?.state === "running";
  }

  async #reply(messageId: string): Promise<Message & { questionId: string }> {
    const message = await this.#options.store.request("readMessage", { messageId });
    if (message.role !== "assistant" || message.parentId === null)
      throw new WorkbenchError("input-invalid", undefined, "Only a reply to a question can be asked for again.");
    return { ...message, questionId: message.parentId };
  }

  async #count(questionId: string, ids: readonly string[]): Promise<Votes> {
    return countVotes(questionId, await readVersions(this.#options, ids));
  }

  /** Begins the next answer, and resolves with its id. If none is wanted any more, it is stopped at once. */
  async #begin(run: VoteRun, seeds: Seeds): Promise<string> {
    if (this.#closed) throw new WorkbenchError("engine-down");
    const runId = await this.#tracked(this.#beginAnswer(run, seeds));
    if (this.#stopping.has(run.chatId)) this.#options.runs.stop(runId);
    return runId;
  }

  /** `close` waits for it. */
  async #tracked<Begun>(beginning: Promise<Begun>): Promise<Begun> {
    this.#beginning.add(beginning);
    try {
      return await beginning;
    } finally {
      this.#beginning.delete(beginning);
    }
  }

  async #beginAnswer({ chatId, questionId, done }: VoteRun, seeds: Seeds): Promise<string> {
    const { store, runs, models } = this.#options;
    const { modelId } = await store.request("readChat", { chatId });
    const model = await models.nameOf(modelId);
    const begun = await store.request("beginVersion", { messageId: questionId, model });
    // With the same seed for all of them, all would say the same.
    const seed = seeds.first === null ? null : (seeds.first + seeds.versions + done) % 2 ** 32;
    return runs.start(begun, modelId, { seed }).runId;
  }

  async #work(run: VoteRun, seeds: Seeds, first: string, letGo: () => void): Promise<void> {
    const { questionId, wanted } = run;
    const began = performance.now();
    let current = run;
    let votes: Votes | null = null;
    try {
      let runId = first;
      for (;;) {
        const reply = await replyEnd(this.#options.runs, runId);
        const { version } = await this.#options.store.request("readMessage", { messageId: runId });
        votes = await this.#count(questionId, version.ids);
        const ending = this.#endingAfter(reply, current, votes);
        const done = reply.state === "done" ? current.done + 1 : current.done;
        const each = (performance.now() - began) / 1000 / Math.max(1, done);
        current = { ...current, done, secondsLeft: each * (wanted - done), state: ending, problem: reply.problem };
        if (ending !== "running") break;
        this.#tell(current);
        runId = await this.#begin(current, seeds);
      }
    } catch (error) {
      current = { ...current, state: "failed", problem: this.#options.shownError(error) };
    }
    const winner = votes?.groups[0]?.messageIds[0];
    if (winner !== undefined) await showVersion(this.#options, winner);
    letGo();
    this.#tell({ ...current, secondsLeft: null });
  }

  #endingAfter({ state }: Message, { chatId, done, wanted }: VoteRun, votes: Votes): VoteRun["state"] {
    if (state === "failed") return "failed";
    if (state !== "done" || this.#closed || this.#stopping.has(chatId)) return "stopped";
    const left = wanted - done - 1;
    if (left === 0) return "complete";
    return isDecided(votes, left) ? "decided" : "running";
  }

  #tell(run: VoteRun): void {
    this.#runs.set(run.chatId, run);
    this.#options.onEvent("votes.changed", run);
  }
}

const newRun = (chatId: string, questionId: string, wanted: number): VoteRun => ({
  chatId,
  questionId,
  state: "running",
  done: 0,
  wanted,
  secondsLeft: null,
  problem: null,
});
