import { randomUUID } from "node:crypto";
import type { Handlers } from "../contract/calls.ts";
import type { Problem } from "../contract/errors.ts";
import type { Notice, noticesCalls } from "../contract/notices.ts";

/** Things that the user should know and that none of their calls caused. Kept until dismissed or no longer true. */
export class Notices {
  readonly #onChange: (notices: Notice[]) => void;
  #notices: Notice[] = [];

  constructor(onChange: (notices: Notice[]) => void) {
    this.#onChange = onChange;
  }

  /** Adds a notice, unless there is one with the same code and the same chat. */
  add(problem: Problem, chatId?: string): void {
    if (this.#notices.some((notice) => notice.problem.code === problem.code && notice.chatId === chatId)) return;
    this.#change([...this.#notices, { id: randomUUID(), problem, ...(chatId !== undefined && { chatId }) }]);
  }

  /** Removes a notice that is no longer true. */
  withdraw(code: Problem["code"], chatId?: string): void {
    const kept = this.#notices.filter((notice) => notice.problem.code !== code || notice.chatId !== chatId);
    if (kept.length < this.#notices.length) this.#change(kept);
  }

  /** Removes the notices about a chat that is no longer there. */
  withdrawOf(chatId: string): void {
    const kept = this.#notices.filter((notice) => notice.chatId !== chatId);
    if (kept.length < this.#notices.length) this.#change(kept);
  }

  /** Removes all notices about chats, which may name them. */
  withdrawOfChats(): void {
    const kept = this.#notices.filter(({ chatId }) => chatId === undefined);
    if (kept.length < this.#notices.length) this.#change(kept);
  }

  handlers(): Handlers<typeof noticesCalls> {
    return {
      "notices.list": () => this.#notices,
      "notices.dismiss": ({ noticeId }) => {
        this.#change(this.#notices.filter(({ id }) => id !== noticeId));
        return null;
      },
    };
  }

  #change(notices: Notice[]): void {
    this.#notices = notices;
    this.#onChange(notices);
  }
}
