import type { AskedFor, Message } from "../../contract/chats.ts";
import { WorkbenchError } from "../../contract/errors.ts";
import type { StoreClient } from "../chats/StoreClient.ts";
import type { Runs } from "./Runs.ts";

export interface AskedRun {
  chatId: string;
  questionId: string;
}
/** A reply to a question. */
export type QuestionReply = Message & { questionId: string };

export interface AskedRunsOptions<AnyRun extends AskedRun> {
  kind: AskedFor["kind"];
  store: Pick<StoreClient, "request">;
  runs: Pick<Runs, "runIn" | "hold" | "isHeld" | "stop" | "stopInChat">;
  onTold: (run: AnyRun) => void;
}

/**
 * Questions that get several answers, one after another: keeps their chats busy, begins the answers, and knows what ends
 * them. What is under way is marked in the store, with each answer, so that it is known after a crash that it was cut.
 */
export class AskedRuns<AnyRun extends AskedRun> {
  readonly #options: AskedRunsOptions<AnyRun>;
  /** The last run of each chat. */
  readonly #last = new Map<string, AnyRun>();
  readonly #held = new Set<string>();
  readonly #stopping = new Set<string>();
  /** Answers that are being begun: they are in the store before they are runs. */
  readonly #beginning = new Set<Promise<unknown>>();
  #closed = false;

  constructor(options: AskedRunsOptions<AnyRun>) {
    this.#options = options;
  }

  /** Rejects with `input-invalid` if this message is no reply to a question. */
  async reply(messageId: string): Promise<QuestionReply> {
    const message = await this.#options.store.request("readMessage", { messageId });
    const { role, parentId } = message;
    if (role !== "assistant" || parentId === null)
      throw new WorkbenchError("input-invalid", undefined, "Only a reply to a question can be asked for again.");
    return { ...message, questionId: parentId };
  }

  /** Returns the last run of this question, as it was told, or null. */
  last({ chatId, questionId }: AskedRun): AnyRun | null {
    const run = this.#last.get(chatId);
    return run?.questionId === questionId ? run : null;
  }

  tell(run: AnyRun): void {
    this.#last.set(run.chatId, run);
    this.#options.onTold(run);
  }

  /** Whether any reply is being written in this chat, or about to be. */
  isBusy(chatId: string): boolean {
    return this.#options.runs.isHeld(chatId) || this.#options.runs.runIn(chatId) !== null;
  }

  /** Throws `chat-busy`. */
  expectIdle(chatId: string): void {
    if (this.isBusy(chatId)) throw new WorkbenchError("chat-busy");
  }

  /** Keeps the chat busy until the returned function is called. */
  hold(chatId: string): () => void {
    this.#stopping.delete(chatId);
    this.#held.add(chatId);
    const letGo = this.#options.runs.hold(chatId, () => this.#stopping.add(chatId));
    return () => {
      this.#held.delete(chatId);
      letGo();
    };
  }

  /** Begins an answer. Rejects with `engine-down` if the app is being closed. */
  async begin<Begun>(answer: () => Promise<Begun>): Promise<Begun> {
    if (this.#closed) throw new WorkbenchError("engine-down");
    const beginning = answer();
    this.#beginning.add(beginning);
    try {
      return await beginning;
    } finally {
      this.#beginning.delete(beginning);
    }
  }

  /** Begins the next answer in a chat. Resolves with its id. If none is wanted any more, it is stopped at once. */
  async beginNext(chatId: string, answer: () => Promise<string>): Promise<string> {
    const runId = await this.begin(answer);
    if (this.#stopping.has(chatId)) this.#options.runs.stop(runId);
    return runId;
  }

  /** Stops the answer that is being written, and those that would follow. Does nothing if no question is being asked. */
  async stop(chatId: string): Promise<void> {
    if (this.#held.has(chatId)) await this.#options.runs.stopInChat(chatId);
  }

  /** Whether no more answers are wanted in this chat. */
  isStopped(chatId: string): boolean {
    return this.#closed || this.#stopping.has(chatId);
  }

  /** Removes the marks of what has ended. What is only cut, because the app is being closed, keeps them. */
  async end({ chatId, questionId }: AskedRun): Promise<void> {
    if (this.#closed && !this.#stopping.has(chatId)) return;
    const { store, kind } = this.#options;
    // If it is not stored, the answers are all the same, and the rest is offered after a restart.
    await store.request("endAsked", { messageId: questionId, kind }).catch(() => undefined);
  }

  /** No more answers are begun. The one that is being written is ended by `Runs`, once this has resolved. */
  async close(): Promise<void> {
    this.#closed = true;
    await Promise.allSettled(this.#beginning);
  }
}
