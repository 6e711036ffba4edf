import type { Message, NextPrompt } from "../../contract/chats.ts";
import type { PromptMessage, PromptParams } from "../../contract/engineProtocol.ts";
import { WorkbenchError } from "../../contract/errors.ts";
import type { EventListener } from "../../contract/events.ts";
import type { BranchToRead, StoredBranch } from "../chats/storeOperations.ts";
import type { Engines } from "../engines/openEngines.ts";
import type { Session } from "../engines/Session.ts";
import type { Library } from "../models/library.ts";
import { promptMessages } from "./promptMessages.ts";
import { cutTranscript, summaryRequest, transcript } from "./summaryRequest.ts";

/** The share of the context that the prompt may fill, so that a reply with a long thought has room. */
const promptShare = 0.5;
/** A reply that is continued needs less room than a new one. */
const continuedShare = 0.75;
/** With less than this share of the context left, continuing is not worth it. */
const leastLeft = 1 / 16;
/** The share of the context that a summary may fill. */
const summaryShare = 1 / 8;
const mostSummaryTokens = 1024;

export interface ContextRoomOptions {
  engines: Pick<Engines, "use" | "withLoaded" | "loaded">;
  library: Pick<Library, "answering">;
  onEvent: EventListener;
}

/** Makes room for chats that have become too long for the context of their model. */
export class ContextRoom {
  readonly #options: ContextRoomOptions;
  readonly #summaries = new Map<string, AbortController>();

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
    const last = messages.at(-1);
    const unfinished = last !== undefined && isUnfinished(last) ? last : undefined;
    const history = last?.role === "assistant" ? messages.slice(0, -1) : messages;
    const starts = turnStarts(history);
    return await this.#use(chat.modelId, signal, async (session, contextSize) => {
      const tokensFrom = async (start: Message | undefined): Promise<number> =>
        (await session.countTokens({
          messages: promptMessages({ ...chat, promptFrom: start?.id ?? null }, history, files),
          thinking: chat.thinking,
          soFar: unfinished && { thought: unfinished.thought, answer: unfinished.text },
        })) ?? 0;
      const most = contextSize * (unfinished === undefined ? promptShare : continuedShare);
      // The prompt gets shorter with each turn that is left out, so the first start that fits is found by halving.
      let low = 0;
      let high = Math.max(0, starts.length - 1);
      while (low < high) {
        const middle = Math.floor((low + high) / 2);
        if ((await tokensFrom(starts[middle])) <= most) high = middle;
        else low = middle + 1;
      }
      const promptTokens = await tokensFrom(starts[low]);
      const left = unfinished === undefined ? 1 : contextSize * leastLeft;
      if (promptTokens + left > contextSize) {
        throw new WorkbenchError("context-exceeded", { case: "prompt", promptTokens, contextSize });
      }
      return low === 0 ? null : (starts[low]?.id ?? null);
    });
  }

  /** Resolves with how many tokens these messages have as a prompt, or with null if the model is not loaded or not idle. */
  async countPrompt({ chat, messages, files }: BranchToRead): Promise<number | null> {
    const { engines, library } = this.#options;
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
  async summarize({ chat, messages }: StoredBranch): Promise<string | null> {
    const stopping = new AbortController();
    this.#summaries.get(chat.id)?.abort();
    this.#summaries.set(chat.id, stopping);
    const { signal } = stopping;
    try {
      return await this.#use(chat.modelId, signal, async (session, contextSize) => {
        const maxTokens = Math.min(mostSummaryTokens, Math.floor(contextSize * summaryShare));
        const text = transcript(messages);
        const tokens = (await session.countTokens(request(summaryRequest("", text)))) ?? 0;
        const room = contextSize * promptShare;
        const parts = tokens <= room ? [text] : cutTranscript(text, Math.floor((text.length * room) / tokens));
        let summary = "";
        for (const [index, part] of parts.entries()) {
          this.#options.onEvent("chats.summarizing", { chatId: chat.id, part: index + 1, parts: parts.length });
          let written = "";
          const { outcome } = await session.reply({
            chat: null,
            ...request(summaryRequest(summary, part)),
            maxTokens,
            onEvent(event) {
              if (event.kind === "piece" && event.part === "answer") written += event.text;
            },
          });
          if (outcome === "stopped" || signal.aborted) return null;
          summary = written.trim();
        }
        return summary;
      });
    } finally {
      if (this.#summaries.get(chat.id) === stopping) this.#summaries.delete(chat.id);
    }
  }

  cancelSummary(chatId: string): void {
    this.#summaries.get(chatId)?.abort();
  }

  close(): void {
    for (const stopping of this.#summaries.values()) stopping.abort();
  }

  async #use<Result>(
    modelId: string | null,
    signal: AbortSignal,
    work: (session: Session, contextSize: number) => Promise<Result>,
  ): Promise<Result | null> {
    const { engines, library } = this.#options;
    return await engines.use(
      () => library.answering(modelId),
      "reply",
      signal,
      async (session) => {
        const { loaded } = engines;
        if (loaded.state !== "ready") throw new WorkbenchError("engine-down");
        return await work(session, loaded.facts.contextSize);
      },
    );
  }
}

/** Returns whether a reply can be continued: it has text and ended early. */
function isUnfinished({ role, state, stats, text, thought }: Message): boolean {
  const endedEarly = state !== "done" || stats?.stopReason === "context" || stats?.stopReason === "maxTokens";
  return role === "assistant" && endedEarly && (text !== "" || thought !== null);
}

/** A summary needs no thought, which would take longer than the summary itself. */
function request(content: string): PromptParams {
  const messages: PromptMessage[] = [{ role: "user", content }];
  return { messages, thinking: "off" };
}

/** Returns the messages at which a prompt may start: questions that do not follow another question. */
function turnStarts(history: readonly Message[]): Message[] {
  return history.filter(({ role }, index) => role === "user" && history[index - 1]?.role !== "user");
}
