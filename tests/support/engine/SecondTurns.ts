import { expect } from "vitest";
import type { Message, ReplyStats } from "../../../electron/contract/chats.ts";
import { followRun, type TestWorkbench } from "../openTestWorkbench.ts";

/** On a busy machine, what usually takes milliseconds takes seconds. */
const readAheadLimit = { timeout: 30_000 };

/** Turns of chats with R1 Nano, whose tokens are bytes, and what they read. */
export class SecondTurns {
  readonly #opened: TestWorkbench;

  constructor(opened: TestWorkbench) {
    this.#opened = opened;
  }

  get workbench() {
    return this.#opened.workbench;
  }

  async newChat(): Promise<string> {
    return (await this.workbench.call("chats.create", {})).id;
  }

  /** Sends a message and resolves with the whole reply, without waiting for what is read ahead. */
  async send(chatId: string, text: string): Promise<Message> {
    return await this.reply((await this.workbench.call("chats.send", { chatId, text })).runId);
  }

  async reply(runId: string, onFirstPiece: () => void = () => undefined): Promise<Message> {
    let pieces = 0;
    const frames = await followRun(this.workbench, runId, (frame) => {
      if (frame.kind === "delta" && ++pieces === 1) onFirstPiece();
    });
    const last = frames.at(-1);
    if (last?.kind !== "ended") throw new Error("the run did not end");
    return last.message;
  }

  /** Sends a message and resolves when what follows the reply has been read ahead. */
  async sendAndReadAhead(chatId: string, text: string): Promise<Message> {
    const reply = await this.send(chatId, text);
    await this.haveReadAhead();
    return reply;
  }

  /** Resolves once the engine has worked since the last reply ended, and is ready again. */
  async haveReadAhead(): Promise<void> {
    await expect
      .poll(() => {
        const { events } = this.#opened;
        const after = events.slice(events.findLastIndex(({ name }) => name === "runs.ended"));
        const states = after.flatMap(({ name, data }) =>
          name === "engine.changed" ? [(data as { state: string }).state] : [],
        );
        return states.includes("busy") && states.at(-1) === "ready";
      }, readAheadLimit)
      .toBe(true);
  }
}

/** The tokens of a prompt's beginning: BOS, then each question and the answer after it, with their special tokens. */
export function tokensOf(...turns: (string | Message)[]): number {
  return turns.reduce(
    (sum, turn) => sum + 1 + (typeof turn === "string" ? Buffer.byteLength(turn) : Buffer.byteLength(turn.text) + 1),
    1,
  );
}

export function read({ promptTokens, cachedTokens }: ReplyStats): number {
  return promptTokens - cachedTokens;
}
