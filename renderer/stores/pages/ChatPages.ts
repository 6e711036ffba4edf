import type { Conversation, Message } from "../../../electron/contract/chats.ts";
import type { ConversationState, ConversationStore } from "../conversation.ts";
import { coalesced } from "../coalesced.ts";
import { type Door, onNamed } from "../door.ts";
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
  /** Whether another branch has come since `#beyond` was read. */
  #isStale = false;
  /** Messages of branches that are not shown. */
  readonly #others = new Map<string, Message>();

  /** Looks for versions also where the window has not read. Resolves once what is there now has been found. */
  readonly readAll = coalesced(() => this.#readAll());

  constructor(door: Door, options: ChatPagesOptions) {
    this.#door = door;
    this.#options = options;
    const { conversation, runs } = options;
    conversation.subscribe((now, before) => {
      if (now.openId !== before.openId) {
        this.#beyond = null;
        this.#others.clear();
      } else this.#keepThoseThatLeft(shownIn(before), shownIn(now));
      if (now.conversation !== before.conversation) this.#look();
    });
    onNamed(door, "chats.branchChanged", ({ chatId }) => {
      if (chatId === this.#beyond?.chatId) this.#isStale = true;
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

  async #readAll(): Promise<void> {
    const shown = this.#shown();
    if (shown === null) return;
    const chatId = shown.chat.id;
    if (this.#beyond?.chatId !== chatId || this.#isStale) {
      this.#isStale = false;
      try {
        const above = await this.#readBeyond(shown, "earlier");
        const below = await this.#readBeyond(shown, "later");
        if (this.#shown()?.chat.id !== chatId) return;
        this.#beyond = { chatId, above, below };
      } catch (error) {
        this.#isStale = true;
        throw error;
      }
      this.#look();
    }
    const failed = new Set<string>();
    for (;;) {
      const missing = this.#branch()
        .filter(({ role }) => role === "assistant")
        .flatMap(({ id: shownId, version }) => version.ids.filter((id) => id !== shownId))
        .filter((id) => !this.#others.has(id) && !failed.has(id));
      const [next] = missing;
      if (next === undefined || this.#shown()?.chat.id !== chatId) break;
      const other = await this.#door.call("chats.message", { messageId: next }).catch(() => null);
      if (this.#shown()?.chat.id !== chatId) break;
      if (other === null) failed.add(next);
      else this.#others.set(next, other);
      if (missing.length === 1) this.#look();
    }
  }

  /** Replies that leave the branch are other versions from then on, and what lies below them is another branch's. */
  #keepThoseThatLeft(before: Conversation | null, now: Conversation | null): void {
    if (before === null || now === null || before.messages === now.messages) return;
    const ids = new Set(now.messages.map(({ id }) => id));
    const left = before.messages.filter(({ id }) => !ids.has(id));
    for (const message of left) {
      if (message.role === "assistant" && message.state !== "streaming") this.#others.set(message.id, message);
    }
    if (left.length > 0) this.#isStale = true;
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
    return shownIn(this.#options.conversation.getState());
  }

  #look(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const versions = pageVersions(this.#replies());
    const isSame =
      versions.length === this.#versions.length &&
      versions.every((version, index) => isSameVersion(version, this.#versions[index]));
    // Whether there is more is to be found out.
    if (isSame && !(this.#isStale && this.#beyond !== null)) return;
    if (!isSame) this.#versions = versions;
    this.#options.onChange(this.#versions);
  }

  /** Returns what is known of the branch that is shown. */
  #branch(): Message[] {
    const shown = this.#shown();
    if (shown === null) return [];
    const { chat, messages } = shown;
    const beyond = this.#beyond?.chatId === chat.id ? this.#beyond : { above: [], below: [] };
    const ids = new Set(messages.flatMap(({ id, version }) => [id, ...version.ids]));
    const apart = ({ id }: Message): boolean => !ids.has(id);
    const all = [...beyond.above.filter(apart), ...messages, ...beyond.below.filter(apart)];
    const run = this.#options.runs.getState().byChat[chat.id];
    if (run !== undefined && !all.some(({ id }) => id === run.message.id)) all.push(run.message);
    return all;
  }

  #replies(): PageReply[] {
    const chatId = this.#shown()?.chat.id;
    const run = chatId === undefined ? undefined : this.#options.runs.getState().byChat[chatId];
    if (run === undefined) this.#finder = null;
    const all = this.#branch();
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

const shownIn = ({ conversation }: Pick<ConversationState, "conversation">): Conversation | null =>
  conversation?.state === "ready" ? conversation.value : null;
