import type { ReplySoFar } from "../../contract/engineProtocol.ts";
import type { BegunRun, Message, ReplyStats } from "../../contract/chats.ts";
import { type Problem, WorkbenchError } from "../../contract/errors.ts";
import type { EventListener } from "../../contract/events.ts";
import { canContinue } from "../../contract/modelKinds.ts";
import type { Model } from "../../contract/models.ts";
import { replyModel } from "../models/replyModel.ts";
import type { StoreClient } from "../chats/StoreClient.ts";
import type { BegunReply, StoredBranch } from "../chats/storeOperations.ts";
import { Signal } from "../Signal.ts";
import { promptMessages } from "./promptMessages.ts";
import type { AnsweredTurn } from "./ReadAhead.ts";
import { thoughtLimit } from "./thoughtLimit.ts";
import { ReplyJournal } from "./ReplyJournal.ts";
import { Run, type RunListener } from "./Run.ts";
import { writeReply, type ReplyRequest, type ReplyRooms } from "./writeReply.ts";

const saveAgainMs = 1000;

export interface RunsOptions extends ReplyRooms {
  store: Pick<StoreClient, "request">;
  onEvent: EventListener;
  /** Returns a failure in the form that is stored with a reply and shown. */
  shownError: (error: unknown) => Problem;
  /**
   * Called when a reply has no room left in the context. Resolves with the branch as it is read from now on, starting with
   * another message or with a summary, which the chat keeps; or with null if nothing may be left out, or can be.
   */
  makeRoom?: (branch: StoredBranch, ...how: HowRoomIsMade) => Promise<StoredBranch | null>;
  /** Called when the model that answers in a chat is known, if none was chosen for the chat. */
  onModelFound?: (chatId: string, modelId: string) => void;
  /** Called after a reply that the model ended by itself, once everyone knows that it has ended. */
  onAnswered?: (turn: AnsweredTurn) => void;
}

/** What stops the work, and what is told of each part that the model summarizes. */
export type HowRoomIsMade = [signal: AbortSignal, onPart: (part: number, parts: number) => void];

type Ending = Pick<Message, "state" | "stats" | "problem">;

/** All replies that are being written. A run outlives all its listeners and ends once. */
export class Runs {
  /** Emitted when a run started or ended in this chat. */
  readonly chatChanged = new Signal<string>();
  /**
   * Emits the problem if a reply could not be written to the store (it is kept here and retried), or null once it was.
   */
  readonly storeProblem = new Signal<Problem | null>();
  readonly #options: RunsOptions;
  /** A run stays here until its ended reply is in the store. */
  readonly #runs = new Map<string, Run>();
  /** Chats in which other replies follow the one that is being written: what asks for no more of them. */
  readonly #held = new Map<string, { stop: () => void; ended: Promise<void> }>();
  #closed = false;

  constructor(options: RunsOptions) {
    this.#options = options;
  }

  /**
   * Starts writing a reply that was created or opened again in the store. The run's id is the reply's. `oneOfSeveral`: one
   * of several answers to a question, with others after it, and with a seed of its own (null: any) if there is one.
   * `byThisModel`: it fails with `model-not-found` if another model would answer, because this one was deleted.
   */
  start(
    { chat, reply, history: stored, files }: BegunReply,
    modelId: string | null,
    oneOfSeveral?: { seed?: number | null; byThisModel?: boolean },
  ): BegunRun {
    const run = new Run(reply);
    this.#runs.set(run.id, run);
    const begun: BegunRun = { runId: run.id, messages: [...stored.slice(-1), reply] };
    this.#options.onEvent("runs.started", { chatId: run.chatId, ...begun });
    this.chatChanged.emit(run.chatId);
    const journal = new ReplyJournal(
      (pieces) => this.#options.store.request("appendPieces", { messageId: run.id, ...pieces }),
      (error) => this.storeProblem.emit(this.#options.shownError(error)),
    );
    let model: Model | null = null;
    // What it starts with changes if there is no room.
    let { promptFrom } = chat;
    let history = stored;
    const prompt = () => promptMessages({ ...chat, promptFrom }, history, files);
    const request = {
      chatId: run.chatId,
      modelId,
      thinking: chat.thinking,
      wishes:
        oneOfSeveral?.seed === undefined
          ? chat.replySettings
          : { ...chat.replySettings, seed: oneOfSeveral.seed, varied: true },
      onModel: (answering: Model): void => {
        if (oneOfSeveral?.byThisModel === true && answering.id !== modelId) throw new WorkbenchError("model-not-found");
        model = answering;
        const { seed } = request.wishes;
        run.setModel({ ...replyModel(answering), ...(seed !== null && { seed }) });
        if (modelId === null) this.#options.onModelFound?.(run.chatId, answering.id);
      },
    };
    const { maxTokens } = chat.replySettings;
    // What was written before counts, also where the reply goes on without the oldest messages.
    const write = (stats: ReplyStats | null): Promise<Ending> =>
      this.#write(run, journal, {
        ...request,
        messages: prompt(),
        soFar: soFar(run.message),
        maxTokens: maxTokens === null ? null : maxTokens - (tokensOf(stats) - tokensOf(reply.stats)),
        thoughtLimit: thoughtLimit(chat.replySettings, { stats }),
      });
    const shorten = async (): Promise<boolean> => {
      // Nothing is left out for a reply that could not go on.
      const begun = soFar(run.message);
      if (begun !== undefined && model !== null && !canContinue(model, begun)) return false;
      const branch = { chat: { ...chat, modelId, promptFrom }, messages: [...history, run.message], files };
      const onPart = (part: number, parts: number): void => run.enter({ stage: "summarizing", part, parts });
      const shorter = await this.#options.makeRoom?.(branch, run.stopping.signal, onPart);
      if (!shorter) return false;
      ({ promptFrom } = shorter.chat);
      history = shorter.messages.slice(0, -1);
      return true;
    };
    void this.#writeWhole(run, journal, reply.stats, write, shorten).then(() => {
      const { state, stats } = run.message;
      if (oneOfSeveral !== undefined) return;
      if (model === null || state !== "done" || stats?.stopReason !== "end" || this.#closed) return;
      const messages = promptMessages({ ...chat, promptFrom }, [...history, run.message], files);
      this.#options.onAnswered?.({ chatId: run.chatId, model, messages, thinking: chat.thinking });
    });
    return begun;
  }

  /**
   * Subscribes to a run: a snapshot, then changes, then `ended`. For a run that has ended, the snapshot and `ended`
   * come from the store. For an unknown id there are no frames.
   */
  attach(runId: string, listener: RunListener): () => void {
    const run = this.#runs.get(runId);
    if (run !== undefined) return run.attach(listener);
    let attached = true;
    this.#options.store.request("readMessage", { messageId: runId }).then(
      (message) => {
        if (attached && message.role === "assistant") showEnded(message, listener);
      },
      () => undefined,
    );
    return () => {
      attached = false;
    };
  }

  /** Stops a run at the next token. Does nothing for an ended or unknown run. */
  stop(runId: string): void {
    this.#runs.get(runId)?.stopping.abort();
  }

  /** Ends the thought of a run at the next token. Does nothing for an ended or unknown run. */
  skipThought(runId: string): void {
    this.#runs.get(runId)?.skipping.abort();
  }

  /**
   * Keeps a chat busy between one reply and the next, until the returned function is called. `stop` is called when no more
   * of them are wanted.
   */
  hold(chatId: string, stop: () => void): () => void {
    let resolve = (): void => undefined;
    const ended = new Promise<void>((letGo) => (resolve = letGo));
    this.#held.set(chatId, { stop, ended });
    return () => {
      this.#held.delete(chatId);
      resolve();
      this.chatChanged.emit(chatId);
    };
  }

  /** Whether other replies follow in this chat. See `hold`. */
  isHeld(chatId: string): boolean {
    return this.#held.has(chatId);
  }

  /** Stops the run in a chat and those that would follow, and resolves once its end is in the store. */
  async stopInChat(chatId: string): Promise<void> {
    const held = this.#held.get(chatId);
    held?.stop();
    const run = this.#running(chatId);
    run?.stopping.abort();
    await new Promise<void>((resolve) => {
      if (run === undefined) return resolve();
      run.attach((frame) => {
        if (frame.kind === "ended") resolve();
      });
    });
    await held?.ended;
  }

  /** Stops all runs, and resolves once their ends are in the store. */
  async stopAll(): Promise<void> {
    const running = [...this.#runs.values()].filter(({ ended }) => !ended).map(({ chatId }) => chatId);
    await Promise.all([...new Set([...running, ...this.#held.keys()])].map((chatId) => this.stopInChat(chatId)));
  }

  /** Returns the id of the run that is writing in this chat, or null. */
  runIn(chatId: string): string | null {
    return this.#running(chatId)?.id ?? null;
  }

  /** Whether any reply is being written, or about to be. */
  get isWriting(): boolean {
    if (this.#held.size > 0) return true;
    return [...this.#runs.values()].some(({ ended }) => !ended);
  }

  /** Returns a stored message, or its newer version here: a running reply is ahead of the store. */
  freshest(message: Message): Message {
    const run = this.#runs.get(message.id);
    return run === undefined ? message : { ...run.message, version: message.version };
  }

  /** Ends every run as `interrupted` and stores its text. No run can be started afterwards. */
  async close(): Promise<void> {
    this.#closed = true;
    const open = [...this.#runs.values()];
    await Promise.all(
      open.map(async (run) => {
        const wasRunning = run.end({ state: "interrupted", stats: run.statsSoFar("interrupted"), problem: null });
        run.stopping.abort();
        const saved = await this.#save(run).catch(() => null);
        if (wasRunning) run.announceEnd(saved ?? run.message);
      }),
    );
  }

  #running(chatId: string): Run | undefined {
    return [...this.#runs.values()].find((run) => run.chatId === chatId && !run.ended);
  }

  /** Writes a reply to its end, and as long as it has no room in the context, leaves out older messages. */
  async #writeWhole(
    run: Run,
    journal: ReplyJournal,
    before: ReplyStats | null,
    write: (before: ReplyStats | null) => Promise<Ending>,
    shorten: () => Promise<boolean>,
  ): Promise<void> {
    let stats = before;
    let ending = await write(stats);
    while (hasNoRoom(ending)) {
      stats = ending.stats ?? stats;
      try {
        if (!(await shorten())) break;
      } catch (error) {
        const problem = this.#options.shownError(error);
        // That not even the last question fits is known already.
        if (problem.code !== "context-exceeded") ending = { ...ending, state: "failed", problem };
        break;
      }
      run.goOn(stats);
      ending = await write(stats);
    }
    if (run.stopping.signal.aborted && ending.state === "failed")
      ending = { ...ending, state: "stopped", problem: null };
    await journal.close();
    // Closing the workbench may have ended it already.
    if (!run.end(ending)) return;
    await this.#settle(run);
  }

  async #write(
    run: Run,
    journal: ReplyJournal,
    request: Omit<ReplyRequest, "signal" | "skipThought" | "onStage" | "onPiece" | "onLive">,
  ): Promise<Ending> {
    try {
      const { outcome, stats } = await writeReply(this.#options, {
        ...request,
        signal: run.stopping.signal,
        skipThought: run.skipping.signal,
        onStage: (stage) => run.enter(stage),
        onPiece: (part, text) => {
          journal.add(part, text);
          run.add(part, text);
        },
        onLive: (live) => run.measure(live),
      });
      const state = outcome === "done" ? "done" : "stopped";
      return { state, stats: stats === null ? run.statsSoFar("stopped") : run.wholeStats(stats), problem: null };
    } catch (error) {
      return { state: "failed", stats: run.statsSoFar("interrupted"), problem: this.#options.shownError(error) };
    }
  }

  /** Emits the end at once, stored or not. If it could not be stored, retries until it is. */
  async #settle(run: Run): Promise<void> {
    try {
      const saved = await this.#save(run);
      this.#announceEnd(run, saved ?? run.message);
    } catch (error) {
      const problem = this.#options.shownError(error);
      this.storeProblem.emit(problem);
      this.#announceEnd(run, { ...run.message, problem: run.message.problem ?? problem });
      this.#saveLater(run);
    }
  }

  #announceEnd(run: Run, message: Message): void {
    run.announceEnd(message);
    this.#options.onEvent("runs.ended", { chatId: run.chatId, runId: run.id, message });
    this.chatChanged.emit(run.chatId);
  }

  #saveLater(run: Run): void {
    const timer = setTimeout(() => {
      if (this.#closed) return;
      this.#save(run).then(
        (saved) => {
          this.storeProblem.emit(null);
          this.#announceEnd(run, saved ?? run.message);
        },
        () => this.#saveLater(run),
      );
    }, saveAgainMs);
    timer.unref();
  }

  async #save(run: Run): Promise<Message | null> {
    const { id, text, thought, state, stats, problem, model } = run.message;
    if (state === "streaming") return null;
    const saved = await this.#options.store.request("finishReply", {
      messageId: id,
      text,
      thought,
      state,
      stats,
      problem,
      model,
    });
    this.#runs.delete(id);
    return saved;
  }
}

/** Returns what is there of a reply that is continued. */
function soFar({ thought, text }: Message): ReplySoFar | undefined {
  return text === "" && thought === null ? undefined : { thought, answer: text };
}

const tokensOf = (stats: ReplyStats | null): number => (stats === null ? 0 : stats.thoughtTokens + stats.answerTokens);

function hasNoRoom({ state, stats, problem }: Ending): boolean {
  return problem?.code === "context-exceeded" || (state === "done" && stats?.stopReason === "context");
}

function showEnded(message: Message, listener: RunListener): void {
  const run = new Run(message);
  run.end(message);
  run.attach(listener);
}
