import type { Conversation, Message } from "../../../electron/contract/chats.ts";
import type { ConversationStore } from "../conversation.ts";
import type { Door } from "../door.ts";
import type { LiveRun, RunsStore } from "../runs.ts";
import { PageFinder } from "./PageFinder.ts";
import { pageOfReply } from "./pageOfReply.ts";
import { type PageReply, type PageVersion, pageVersions } from "./pageVersions.ts";

export interface ChatPagesOptions {
  conversation: ConversationStore;
  runs: RunsStore;
  onChange: (versions: readonly PageVersion[]) => void;
}

/** How often the reply that is being written is looked at, in milliseconds. */
const lookEveryMs = 500;
/** How many pages of messages are read to find earlier versions. */
const mostReads = 100;

/**
 * Finds the pages of the open chat: in the messages that have been read, in the reply that is being written, and once
 * `readAll` has been called, in the rest of the branch and in other versions of its replies.
 */
export class ChatPages {
  readonly #door: Door;
  readonly #options: ChatPagesOptions;
  #versions: readonly PageVersion[] = [];
  #finder: { runId: string; length: number; finder: PageFinder } | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** Replies of the open chat that hold pages, beside those that the window shows: above and below them. */
  #beyond: { chatId: string; above: Message[]; below: Message[] } | null = null;
  /** Messages of branches that are not shown. */
  readonly #others = new Map<string, Message | null>();
  #reading = false;

  constructor(door: Door, options: ChatPagesOptions) {
    this.#door = door;
    this.#options = options;
    const { conversation, runs } = options;
    conversation.subscribe((now, before) => {
      if (now.openId !== before.openId) {
        this.#beyond = null;
        this.#others.clear();
      }
      if (now.conversation !== before.conversation) this.#look();
    });
    runs.subscribe(({ byChat }, before) => {
      const { openId } = conversation.getState();
      if (openId === null || byChat[openId] === before.byChat[openId]) return;
      // Nothing of this depends on how long the reply is.
      this.#timer ??= setTimeout(() => this.#look(), lookEveryMs);
    });
  }

  get versions(): readonly PageVersion[] {
    return this.#versions;
  }

  /** Looks for versions also where the window has not read. */
  async readAll(): Promise<void> {
    const shown = this.#shown();
    if (shown === null || this.#reading) return;
    this.#reading = true;
    const chatId = shown.chat.id;
    try {
      if (this.#beyond?.chatId !== chatId) {
        const above = await this.#readBeyond(shown, "earlier");
        const below = await this.#readBeyond(shown, "later");
        if (this.#shown()?.chat.id !== chatId) return;
        this.#beyond = { chatId, above, below };
        this.#look();
      }
      for (;;) {
        const missing = this.#versions
          .filter(({ message: { chatId: of }, isShown }) => of === chatId && isShown)
          .flatMap(({ message }) => message.version.ids.filter((id) => id !== message.id && !this.#others.has(id)));
        const [next] = missing;
        if (next === undefined || this.#shown()?.chat.id !== chatId) break;
        this.#others.set(next, await this.#door.call("chats.message", { messageId: next }).catch(() => null));
        if (missing.length === 1) this.#look();
      }
    } finally {
      this.#reading = false;
    }
  }

  async #readBeyond(shown: Conversation, direction: "earlier" | "later"): Promise<Message[]> {
    const found: Message[] = [];
    let cursor = shown[direction];
    for (let reads = 0; cursor !== null && reads < mostReads; reads++) {
      const page = await this.#door.call("chats.messages", { chatId: shown.chat.id, cursor, direction });
      const withPages = page.messages.filter((message) => pageOfReply(message) !== null);
      if (direction === "earlier") found.unshift(...withPages);
      else found.push(...withPages);
      cursor = page.next;
    }
    return found;
  }

  #shown(): Conversation | null {
    const { conversation } = this.#options.conversation.getState();
    return conversation?.state === "ready" ? conversation.value : null;
  }

  #look(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const versions = pageVersions(this.#replies());
    const isSame =
      versions.length === this.#versions.length &&
      versions.every((version, index) => isSameVersion(version, this.#versions[index]));
    if (isSame) return;
    this.#versions = versions;
    this.#options.onChange(versions);
  }

  #replies(): PageReply[] {
    const shown = this.#shown();
    if (shown === null) return [];
    const { chat, messages } = shown;
    const run = this.#options.runs.getState().byChat[chat.id];
    if (run === undefined) this.#finder = null;
    const beyond = this.#beyond?.chatId === chat.id ? this.#beyond : { above: [], below: [] };
    const ids = new Set(messages.map(({ id }) => id));
    const apart = ({ id }: Message): boolean => !ids.has(id);
    const all = [...beyond.above.filter(apart), ...messages, ...beyond.below.filter(apart)];
    if (run !== undefined && apart(run.message)) all.push(run.message);
    return all.flatMap((message) => {
      if (message.role !== "assistant") return [];
      return message.version.ids.flatMap((id): PageReply[] => {
        const isShown = id === message.id;
        const other = isShown ? message : this.#others.get(id);
        if (!other) return [];
        const page = run?.message.id === id ? this.#pageOfRun(run) : pageOfReply(other);
        return page === null ? [] : [{ message: other, page, isShown }];
      });
    });
  }

  #pageOfRun(run: LiveRun): PageReply["page"] | null {
    const { length } = run.answer;
    // A reply that is written anew begins anew.
    if (this.#finder?.runId !== run.runId || length < this.#finder.length) {
      this.#finder = { runId: run.runId, length, finder: new PageFinder() };
    }
    this.#finder.length = length;
    return this.#finder.finder.look(run.answer);
  }
}

function isSameVersion(one: PageVersion, other: PageVersion | undefined): boolean {
  return (
    other !== undefined &&
    one.page === other.page &&
    one.message.id === other.message.id &&
    one.isShown === other.isShown &&
    one.number === other.number &&
    one.pageId === other.pageId
  );
}
