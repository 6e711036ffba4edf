import { randomUUID } from "node:crypto";
import type { Handlers } from "../contract/calls.ts";
import type { Problem } from "../contract/errors.ts";
import type { Notice, noticesCalls } from "../contract/notices.ts";

/** What a person should know that no call of theirs caused. Kept until dismissed or no longer true. */
export class Notices {
  readonly #onChange: (notices: Notice[]) => void;
  #notices: Notice[] = [];

  constructor(onChange: (notices: Notice[]) => void) {
    this.#onChange = onChange;
  }

  /** The same problem is told once. */
  add(problem: Problem): void {
    if (this.#notices.some((notice) => notice.problem.code === problem.code)) return;
    this.#change([...this.#notices, { id: randomUUID(), problem }]);
  }

  /** Takes back what is no longer true. */
  withdraw(code: Problem["code"]): void {
    if (this.#notices.some(({ problem }) => problem.code === code)) {
      this.#change(this.#notices.filter(({ problem }) => problem.code !== code));
    }
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
