import type { NextPrompt } from "../../contract/chats.ts";
import type { EarlierSummary } from "../../contract/earlierSummary.ts";
import { toProblem, WorkbenchError } from "../../contract/errors.ts";
import type { EventListener } from "../../contract/events.ts";
import { memoryStart } from "../../contract/memoryStart.ts";
import type { BranchToRead, StoredBranch } from "../chats/storeOperations.ts";
import type { Engines } from "../engines/openEngines.ts";
import type { Session } from "../engines/Session.ts";
import type { Library } from "../models/library.ts";
import { BranchToShorten } from "./BranchToShorten.ts";
import { promptMessages } from "./promptMessages.ts";
import { transcript } from "./summaryRequest.ts";
import { summaryTokens, writeSummary } from "./writeSummary.ts";
import { replyModel } from "../models/replyModel.ts";

/** The share of the context that the prompt may fill, so that a reply with a long thought has room. */
const promptShare = 0.5;
/** A reply that is continued needs less room than a new one. */
const continuedShare = 0.75;
/** With less than this share of the context left, continuing is not worth it. */
const leastLeft = 1 / 16;
/** With less than this share left beside a summary, leaving messages out without one is better. */
const leastBesideSummary = 1 / 8;
/** Of a server that does not say. Most have more, and none that runs R1 has less. */
const assumedContext = 8192;

/** A summary of a message and those above it. */
export interface WrittenSummary {
  messageId: string;
  summary: EarlierSummary;
}

export interface ContextRoomOptions {
  engines: Pick<Engines, "use" | "withLoaded" | "loaded">;
  library: Pick<Library, "answering" | "answeringFile" | "answeringServer">;
  onEvent: EventListener;
}

/** Makes room for chats that have become too long for the context of their model. */
export class ContextRoom {
  readonly #options: ContextRoomOptions;
  readonly #summaries = new Map<string, AbortController>();
  readonly #underWay = new Set<Promise<unknown>>();

  constructor(options: ContextRoomOptions) {
    this.#options = options;
  }

  /**
   * Resolves with the id of the message that future prompts should start with, so that half of the context is left for
   * the reply, or with null if nothing has to be left out or it was stopped. Rejects with `context-exceeded` if even the
   * last question alone does not fit.
   */
  async dropOldest(
    { chat, messages, files }: StoredBranch,
    signal: AbortSignal = new AbortController().signal,
  ): Promise<string | null> {
    const branch = new BranchToShorten(chat, messages, files);
    return await this.#use(chat.modelId, signal, async (session, contextSize) => {
      const most = contextSize * (branch.unfinished === undefined ? promptShare : continuedShare);
      const { start, promptTokens } = await branch.firstThatFits(session, most);
      const left = branch.unfinished === undefined ? 1 : contextSize * leastLeft;
      if (promptTokens + left > contextSize) {
        throw new WorkbenchError("context-exceeded", { case: "prompt", promptTokens, contextSize });
      }
      return start;
    });
  }

  /**
   * Has the model summarize as many of the oldest messages as have to be left out. Resolves with the summary, or with null
   * if nothing has to be left out or it was stopped. Rejects with `summary-failed` if the model wrote none, or if there
   * would be no room for the reply beside it.
   */
  async summarizeOldest(
    { chat, messages, files }: StoredBranch,
    signal: AbortSignal,
    onPart: (part: number, parts: number) => void,
  ): Promise<WrittenSummary | null> {
    const branch = new BranchToShorten(chat, messages, files);
    return await this.#use(chat.modelId, signal, async (session, contextSize) => {
      const room = summaryTokens(contextSize);
      const share = branch.unfinished === undefined ? promptShare : continuedShare;
      const { start, promptTokens } = await branch.firstThatFits(session, contextSize * share - room);
      const above = branch.above(start);
      const last = above.at(-1);
      if (last === undefined || signal.aborted) return null;
      if (promptTokens + room > contextSize * continuedShare)
        throw new WorkbenchError("summary-failed", { case: "room" });
      const before = memoryStart(null, above);
      const text = transcript(above.slice(before.index), files, before.summary?.text);
      const written = await writeSummary(session, text, { contextSize, signal, onPart }).catch((error: unknown) => {
        if (toProblem(error).code !== "context-exceeded") throw error;
        throw new WorkbenchError("summary-failed", { case: "room" });
      });
      if (written === null) return null;
      if (written === "") throw new WorkbenchError("summary-failed", { case: "empty" });
      const { name, ...model } = replyModel(session.model);
      const summary = { text: written, model: { ...model, name: name.slice(0, 200) }, createdAt: Date.now() };
      const shortened = await branch.with(last.id, summary).tokensFrom(session, null);
      if (shortened > contextSize * (1 - leastBesideSummary))
        throw new WorkbenchError("summary-failed", { case: "room" });
      return { messageId: last.id, summary };
    });
  }

  /** Resolves with how many tokens these messages have as a prompt, or with null if the model is not loaded or not idle. */
  async countPrompt({ chat, messages, files }: BranchToRead): Promise<number | null> {
    const { engines, library } = this.#options;
    // A server would be asked each time that somebody looks.
    if (engines.loaded.state !== "ready") return null;
    try {
      const model = await library.answering(chat.modelId);
      return await engines.withLoaded(model, new AbortController().signal, (session) =>
        session.countTokens({ messages: promptMessages(chat, messages, files), thinking: chat.thinking }),
      );
    } catch {
      // A reply goes first.
      return null;
    }
  }

  /** Resolves with what the model would read after these messages, or with null if it was stopped. */
  async nextPrompt({ chat, messages, files }: BranchToRead): Promise<NextPrompt | null> {
    return await this.#use(chat.modelId, new AbortController().signal, async (session, contextSize) => {
      const prompt = await session.prompt({
        messages: promptMessages(chat, messages, files),
        thinking: chat.thinking,
      });
      if (prompt === null) return null;
      return { text: prompt.text, tokens: prompt.tokens.length, contextSize, modelName: session.model.name };
    });
  }

  /**
   * Resolves with the model's summary of a chat, or with null if it was cancelled. A chat that does not fit in the
   * context is summarized part by part, each with the summary of the parts before it.
   */
  async summarize({ chat, messages, files }: StoredBranch): Promise<string | null> {
    return await this.#cancellable(chat.id, (signal, onPart) =>
      this.#use(chat.modelId, signal, (session, contextSize) =>
        writeSummary(session, transcript(messages, files), { contextSize, signal, onPart }),
      ),
    );
  }

  /** As `summarizeOldest`, on request: it can be cancelled, and its parts are events. */
  async summarizeOldestNow(branch: StoredBranch): Promise<WrittenSummary | "notNeeded" | "cancelled"> {
    const written = await this.#cancellable(
      branch.chat.id,
      async (signal, onPart) =>
        (await this.summarizeOldest(branch, signal, onPart)) ?? (signal.aborted ? null : "notNeeded"),
    );
    return written ?? "cancelled";
  }

  cancelSummary(chatId: string): void {
    this.#summaries.get(chatId)?.abort();
  }

  /** Ends all summaries. Resolves once none is being written. */
  async close(): Promise<void> {
    for (const stopping of this.#summaries.values()) stopping.abort();
    await Promise.allSettled(this.#underWay);
  }

  async #cancellable<Result>(
    chatId: string,
    work: (signal: AbortSignal, onPart: (part: number, parts: number) => void) => Promise<Result | null>,
  ): Promise<Result | null> {
    const stopping = new AbortController();
    this.#summaries.get(chatId)?.abort();
    this.#summaries.set(chatId, stopping);
    const working = work(stopping.signal, (part, parts) =>
      this.#options.onEvent("chats.summarizing", { chatId, part, parts }),
    );
    this.#underWay.add(working);
    try {
      const result = await working;
      return stopping.signal.aborted ? null : result;
    } finally {
      this.#underWay.delete(working);
      if (this.#summaries.get(chatId) === stopping) this.#summaries.delete(chatId);
    }
  }

  async #use<Result>(
    modelId: string | null,
    signal: AbortSignal,
    work: (session: Session, contextSize: number) => Promise<Result>,
  ): Promise<Result | null> {
    const { engines, library } = this.#options;
    const onServer = await library.answeringServer(modelId);
    return await engines.use(onServer ?? (() => library.answeringFile(modelId)), "reply", signal, async (session) => {
      const contextSize = session.contextSize ?? (onServer === null ? null : assumedContext);
      if (contextSize === null) throw new WorkbenchError("engine-down");
      return await work(session, contextSize);
    });
  }
}
