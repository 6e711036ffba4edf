import type { AskedFor, BegunRun, Message, SentMessage } from "../../contract/chats.ts";
import { type Problem, WorkbenchError } from "../../contract/errors.ts";
import type { EventListener } from "../../contract/events.ts";
import type { VoteRun, Votes } from "../../contract/votes.ts";
import type { Chats } from "../chats/openChats.ts";
import type { StoreClient } from "../chats/StoreClient.ts";
import type { Models } from "../models/openModels.ts";
import { askedModel } from "../runs/askedModel.ts";
import { AskedRuns, type QuestionReply } from "../runs/AskedRuns.ts";
import { readVersions } from "../runs/readVersions.ts";
import { replyEnd } from "../runs/replyEnd.ts";
import type { Runs } from "../runs/Runs.ts";
import { showVersion } from "../runs/showVersion.ts";
import { countVotes } from "./countVotes.ts";
import { cutVote } from "./cutVote.ts";
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

/** The seed of the chat's settings, and how many versions there were before the first answer of the vote. */
interface Seeds {
  first: number | null;
  versions: number;
}

/**
 * Has questions answered several times, one answer after another, and shows what most of them say. Nothing else is
 * stored than the answers, each with the vote that it is part of until that has ended.
 */
export class VoteRuns {
  readonly #options: VotesOptions;
  readonly #asked: AskedRuns<VoteRun>;

  constructor(options: VotesOptions) {
    this.#options = options;
    const { store, runs, onEvent } = options;
    this.#asked = new AskedRuns({ kind: "vote", store, runs, onTold: (run) => onEvent("votes.changed", run) });
  }

  /** See the call `votes.start`. */
  async start(messageId: string, answers: number): Promise<VoteRun> {
    const { chatId, questionId } = await this.#asked.reply(messageId);
    this.#asked.expectIdle(chatId);
    const run = newRun(chatId, questionId, answers);
    // One that was cut is not gone on with.
    await this.#asked.end(run);
    return await this.#go(messageId, run);
  }

  /** See the call `votes.ask`. */
  async ask(message: SentMessage, answers: number): Promise<{ begun: BegunRun; run: VoteRun }> {
    const { store, send } = this.#options;
    const { replySettings } = await store.request("readChat", { chatId: message.chatId });
    const seeds = { first: replySettings.seed, versions: 0 };
    const begun = await this.#asked.begin(() => send(message, { seed: seeds.first, asked: askedFor(answers) }));
    // From here on nothing can fail before the vote is under way.
    const questionId = begun.messages[0]?.id ?? "";
    const run = newRun(message.chatId, questionId, answers);
    const letGo = this.#asked.hold(run.chatId);
    this.#asked.tell(run);
    void this.#work(run, seeds, begun.runId, letGo);
    return { begun, run };
  }

  /** See the call `votes.askRest`. */
  async askRest(messageId: string): Promise<VoteRun> {
    const { run } = await this.of(messageId);
    if (run?.state !== "cut") throw new WorkbenchError("input-invalid", undefined, "No vote was cut here.");
    return await this.#go(messageId, { ...run, state: "running" });
  }

  /** See the call `votes.keep`. */
  async keep(messageId: string): Promise<void> {
    const { votes, run } = await this.of(messageId);
    if (run?.state !== "cut") return;
    await this.#asked.end(run);
    await this.#showWinner(votes);
    this.#asked.tell({ ...run, state: "stopped" });
  }

  /** Does nothing if the question of this chat is not being asked. */
  async stop(chatId: string): Promise<void> {
    await this.#asked.stop(chatId);
  }

  async of(messageId: string): Promise<{ votes: Votes; run: VoteRun | null }> {
    const reply = await this.#asked.reply(messageId);
    const versions = await this.#versions(reply);
    const votes = countVotes(reply.questionId, versions);
    const cut = this.#asked.isBusy(reply.chatId) ? null : cutVote(versions, votes);
    return { votes, run: this.#asked.last(reply) ?? cut };
  }

  /** No more answers are begun. The one that is being written is ended by `Runs`, once this has resolved. */
  async close(): Promise<void> {
    await this.#asked.close();
  }

  /** Begins the first answer that is still wanted, and has the others follow. */
  async #go(messageId: string, run: VoteRun): Promise<VoteRun> {
    const { store } = this.#options;
    const { chatId } = run;
    this.#asked.expectIdle(chatId);
    const letGo = this.#asked.hold(chatId);
    try {
      const { replySettings } = await store.request("readChat", { chatId });
      const { version } = await store.request("readMessage", { messageId });
      const seeds = { first: replySettings.seed, versions: version.count - run.done };
      const first = await this.#begin(run, seeds);
      this.#asked.tell(run);
      void this.#work(run, seeds, first, letGo);
      return run;
    } catch (error) {
      letGo();
      throw error;
    }
  }

  #versions({ version }: Pick<QuestionReply, "version">): Promise<Message[]> {
    return readVersions(this.#options, version.ids);
  }

  /** Begins the next answer, and resolves with its id. */
  async #begin(run: VoteRun, seeds: Seeds): Promise<string> {
    return await this.#asked.beginNext(run.chatId, () => this.#beginAnswer(run, seeds));
  }

  async #beginAnswer({ chatId, questionId, done, wanted }: VoteRun, seeds: Seeds): Promise<string> {
    const { store, runs, models } = this.#options;
    const { modelId } = await store.request("readChat", { chatId });
    const model = askedModel(await models.nameOf(modelId), askedFor(wanted));
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
        const stored = await this.#options.store.request("readMessage", { messageId: runId });
        votes = countVotes(questionId, await this.#versions(stored));
        const ending = this.#endingAfter(reply, current, votes);
        const done = reply.state === "done" ? current.done + 1 : current.done;
        const each = (performance.now() - began) / 1000 / Math.max(1, done - run.done);
        current = { ...current, done, secondsLeft: each * (wanted - done), state: ending, problem: reply.problem };
        if (ending !== "running") break;
        this.#asked.tell(current);
        runId = await this.#begin(current, seeds);
      }
    } catch (error) {
      current = { ...current, state: "failed", problem: this.#options.shownError(error) };
    }
    if (votes !== null) await this.#showWinner(votes);
    await this.#asked.end(run);
    letGo();
    this.#asked.tell({ ...current, secondsLeft: null });
  }

  async #showWinner({ groups }: Votes): Promise<void> {
    const winner = groups[0]?.messageIds[0];
    if (winner !== undefined) await showVersion(this.#options, winner);
  }

  #endingAfter({ state }: Message, { chatId, done, wanted }: VoteRun, votes: Votes): VoteRun["state"] {
    if (state === "failed") return "failed";
    if (state !== "done" || this.#asked.isStopped(chatId)) return "stopped";
    const left = wanted - done - 1;
    if (left === 0) return "complete";
    return isDecided(votes, left) ? "decided" : "running";
  }
}

const askedFor = (answers: number): AskedFor => ({ kind: "vote", answers });

const newRun = (chatId: string, questionId: string, wanted: number): VoteRun => ({
  chatId,
  questionId,
  state: "running",
  done: 0,
  wanted,
  secondsLeft: null,
  problem: null,
});
