import type { Thinking } from "../../contract/chats.ts";
import type { PromptMessage } from "../../contract/engineProtocol.ts";
import type { MachineProfile } from "../../contract/hardware.ts";
import type { Model } from "../../contract/models.ts";
import type { Engines } from "../engines/openEngines.ts";

/** A turn that ended with a whole reply. */
export interface AnsweredTurn {
  chatId: string;
  model: Model;
  /** Up to and including the reply. */
  messages: PromptMessage[];
  thinking: Thinking;
}

/** On some systems, reading the power source starts a program, so it is not done after each reply. */
const powerKnownMs = 60_000;

interface Options {
  engines: Pick<Engines, "withLoaded">;
  /** Returns the battery's charge, in percent, above which it is done. Null: never on battery. */
  leastCharge: () => number | null;
  power: () => Promise<MachineProfile["power"]>;
}

/**
 * After a reply, has the engine read what the chat's next prompt will begin with, in the background. Thoughts are not
 * part of a prompt, so the answer has to be read again without them, and nobody should have to wait for that.
 */
export class ReadAhead {
  readonly #options: Options;
  readonly #running = new Map<string, AbortController>();
  #power: { at: number; read: ReturnType<Options["power"]> } | null = null;

  constructor(options: Options) {
    this.#options = options;
  }

  /** Begins in the background. Whatever prevents it, the next prompt is only slower. */
  begin(turn: AnsweredTurn): void {
    this.stop(turn.chatId);
    const stopping = new AbortController();
    this.#running.set(turn.chatId, stopping);
    const over = (): void => {
      if (this.#running.get(turn.chatId) === stopping) this.#running.delete(turn.chatId);
    };
    this.#read(turn, stopping.signal).then(over, over);
  }

  /** Call when this chat is deleted or changed, so that what would be read is no longer certain. */
  stop(chatId: string): void {
    this.#running.get(chatId)?.abort();
    this.#running.delete(chatId);
  }

  close(): void {
    for (const chatId of this.#running.keys()) this.stop(chatId);
  }

  async #read({ chatId: chat, model, messages, thinking }: AnsweredTurn, signal: AbortSignal): Promise<void> {
    if (!(await this.#isAllowed())) return;
    await this.#options.engines.withLoaded(model, signal, (session) => session.readAhead({ chat, messages, thinking }));
  }

  async #isAllowed(): Promise<boolean> {
    const { leastCharge, power } = this.#options;
    if (this.#power === null || Date.now() - this.#power.at > powerKnownMs) {
      this.#power = { at: Date.now(), read: power() };
    }
    const { source, batteryPercent } = await this.#power.read;
    if (source !== "battery") return true;
    const least = leastCharge();
    return least !== null && (batteryPercent === null || batteryPercent >= least);
  }
}
