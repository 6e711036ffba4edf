import { isTemporary } from "../../contract/isTemporary.ts";
import type { PromptMessage } from "../../contract/engineProtocol.ts";
import type { MachineProfile } from "../../contract/hardware.ts";
import type { Clock } from "../idleTimer.ts";
import type { Engines } from "../engines/openEngines.ts";
import type { AnsweredTurn } from "../runs/ReadAhead.ts";
import { modelTitle } from "./modelTitle.ts";
import type { StoreClient } from "./StoreClient.ts";

/**
 * Models with fewer parameters write titles that are worse than the question. The smallest distill of R1 has 1.8 billion,
 * R1 Nano a few million.
 */
export const leastParameters = 1_200_000_000;
/** How long nothing else must have used the engine, at least. */
const idleMs = 20_000;
/** Of a title. A longer one is no title. */
const mostTokens = 40;

const request =
  "Write a title for this conversation: at most six words, in the language of my first message, without quotation marks. Answer with the title only.";

export interface ChatTitlesOptions {
  engines: Pick<Engines, "withLoaded" | "isBusy">;
  store: Pick<StoreClient, "request">;
  power: () => Promise<MachineProfile["power"]>;
  isAllowed: () => boolean;
  /** Called when a chat has another title. */
  onTitled: (chatId: string) => void;
  clock: Clock;
}

/**
 * Has the model write a better title for a chat whose title is its first question, once: with the model that has just
 * replied, in the background, and never on battery. Anything else that needs the engine stops it, and the next reply is
 * another occasion.
 */
export class ChatTitles {
  readonly #options: ChatTitlesOptions;
  readonly #waiting = new Map<string, () => void>();
  readonly #done = new Set<string>();

  constructor(options: ChatTitlesOptions) {
    this.#options = options;
  }

  /** Call after each whole reply. */
  begin(turn: AnsweredTurn): void {
    const { chatId, model } = turn;
    // Writing the title of another chat would drop what the model has read of this one.
    for (const waiting of this.#waiting.keys()) this.stop(waiting);
    if (isTemporary(chatId) || model.parameters < leastParameters || this.#done.has(chatId)) return;
    this.#waitFor(turn);
  }

  /** Call when this chat is deleted or changed. */
  stop(chatId: string): void {
    this.#waiting.get(chatId)?.();
    this.#waiting.delete(chatId);
  }

  close(): void {
    for (const chatId of this.#waiting.keys()) this.stop(chatId);
  }

  #waitFor(turn: AnsweredTurn): void {
    const cancel = this.#options.clock.after(idleMs, () => {
      const stopping = new AbortController();
      const stop = (): void => stopping.abort();
      this.#waiting.set(turn.chatId, stop);
      // Whatever prevents it, the chat keeps the title that it has.
      void this.#write(turn, stopping.signal)
        .catch(() => "over" as const)
        .then((outcome) => {
          if (this.#waiting.get(turn.chatId) !== stop) return;
          this.#waiting.delete(turn.chatId);
          if (outcome === "busy") this.#waitFor(turn);
        });
    });
    this.#waiting.set(turn.chatId, cancel);
  }

  async #write({ chatId, model, messages }: AnsweredTurn, signal: AbortSignal): Promise<"busy" | "over"> {
    const { engines, store, power, isAllowed, onTitled } = this.#options;
    if (!isAllowed()) return "over";
    if (engines.isBusy) return "busy";
    if ((await power()).source === "battery") return "over";
    if (!(await store.request("isTitledByMessage", { chatId }))) {
      this.#done.add(chatId);
      return "over";
    }
    let text = "";
    const prompt: PromptMessage[] = [...messages, { role: "user", content: request }];
    // With the chat's own messages, of which the model has read almost everything.
    const reply = await engines.withLoaded(model, signal, (session) =>
      session.reply({
        chat: chatId,
        messages: prompt,
        thinking: "off",
        maxTokens: mostTokens,
        onEvent(event) {
          if (event.kind === "piece" && event.part === "answer") text += event.text;
        },
      }),
    );
    if (reply === null || reply.outcome === "stopped" || signal.aborted) return "over";
    this.#done.add(chatId);
    // The title is the question as it was typed; in the messages, the text of documents stands before it.
    const { title: question } = await store.request("readChat", { chatId });
    const title = reply.stats?.stopReason === "end" ? modelTitle(text, question) : null;
    if (title !== null && (await store.request("titleByModel", { chatId, title }))) onTitled(chatId);
    return "over";
  }
}
