import type { Message } from "../../contract/chats.ts";
import type { EarlierSummary } from "../../contract/earlierSummary.ts";
import type { StoredChat } from "../chats/ChatTable.ts";
import type { MessageFiles } from "../chats/storeOperations.ts";
import type { Session } from "../engines/Session.ts";
import { promptMessages } from "./promptMessages.ts";
import { withSummary } from "./withSummary.ts";

/** A branch that has become too long for the context, up to its last question, and the reply to it as far as it is. */
export class BranchToShorten {
  /** The reply, if it ended early and has text. */
  readonly unfinished: Message | undefined;
  readonly #chat: StoredChat;
  readonly #messages: readonly Message[];
  readonly #history: readonly Message[];
  readonly #files: MessageFiles;

  constructor(chat: StoredChat, messages: readonly Message[], files: MessageFiles) {
    const last = messages.at(-1);
    this.unfinished = last !== undefined && isUnfinished(last) ? last : undefined;
    this.#chat = chat;
    this.#messages = messages;
    this.#history = last?.role === "assistant" ? messages.slice(0, -1) : messages;
    this.#files = files;
  }

  /** Returns the same branch with a summary of this message and those above it. */
  with(messageId: string, summary: EarlierSummary): BranchToShorten {
    return new BranchToShorten(this.#chat, withSummary(this.#messages, messageId, summary), this.#files);
  }

  /** Returns the messages before the one with this id; none for null. */
  above(start: string | null): readonly Message[] {
    const at = this.#history.findIndex(({ id }) => id === start);
    return this.#history.slice(0, Math.max(0, at));
  }

  /**
   * Resolves with the first question with which the prompt has no more than `most` tokens, or else the last one, and with
   * the length of that prompt. `start` is null if it is the first question of all.
   */
  async firstThatFits(session: Session, most: number): Promise<{ start: string | null; promptTokens: number }> {
    const starts = turnStarts(this.#history);
    const tokensFrom = (index: number): Promise<number> => this.tokensFrom(session, starts[index]?.id ?? null);
    // The prompt gets shorter with each turn that is left out, so the first start that fits is found by halving.
    let low = 0;
    let high = Math.max(0, starts.length - 1);
    while (low < high) {
      const middle = Math.floor((low + high) / 2);
      if ((await tokensFrom(middle)) <= most) high = middle;
      else low = middle + 1;
    }
    return { start: low === 0 ? null : (starts[low]?.id ?? null), promptTokens: await tokensFrom(low) };
  }

  /** Resolves with the length of the prompt that starts with this message, in tokens. */
  async tokensFrom(session: Session, promptFrom: string | null): Promise<number> {
    const { thinking } = this.#chat;
    const tokens = await session.countTokens({
      messages: promptMessages({ ...this.#chat, promptFrom }, this.#history, this.#files),
      thinking,
      soFar: this.unfinished && { thought: this.unfinished.thought, answer: this.unfinished.text },
    });
    return tokens ?? 0;
  }
}

/** Returns whether a reply can be continued: it has text and ended early. */
function isUnfinished({ role, state, stats, text, thought }: Message): boolean {
  const endedEarly = state !== "done" || stats?.stopReason === "context" || stats?.stopReason === "maxTokens";
  return role === "assistant" && endedEarly && (text !== "" || thought !== null);
}

/** Returns the messages at which a prompt may start: questions that do not follow another question. */
function turnStarts(history: readonly Message[]): Message[] {
  return history.filter(({ role }, index) => role === "user" && history[index - 1]?.role !== "user");
}
