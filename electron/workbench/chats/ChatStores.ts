import type { Thinking } from "../../contract/chats.ts";
import { isTemporary } from "../../contract/isTemporary.ts";
import { ChatStore } from "./ChatStore.ts";
import type { ListedPart, StoredChat, StoredChatPage } from "./ChatTable.ts";
import type { StoreWorkerOperations } from "./storeOperations.ts";

type Operation = (params: unknown) => unknown;
type Name = Exclude<keyof StoreWorkerOperations, "close">;

/**
 * The store on the disk, and one in memory for temporary chats. An operation is done by the store of the chats and
 * messages that it names; one that names none, by the store on the disk.
 */
export class ChatStores {
  readonly #disk: () => ChatStore;
  #temporary: ChatStore | null = null;

  /** `disk` returns the store on the disk and opens it if necessary. Temporary chats do not need it. */
  constructor(disk: () => ChatStore) {
    this.#disk = disk;
  }

  /** Throws what the operation of that name throws. */
  call(name: Name, params: unknown): unknown {
    if (name in this) return (this[name as keyof this] as Operation).call(this, params);
    const { chatIds, ...named } = params as {
      chatIds?: string[];
      chatId?: string | null;
      messageId?: string;
      attachmentId?: string;
    };
    if (chatIds !== undefined) return this.#callEach(name, chatIds, named);
    const id = named.messageId ?? named.attachmentId ?? named.chatId ?? "";
    return this.#callOne(isTemporary(id) ? this.#memory() : this.#disk(), name, params);
  }

  createTemporaryChat(params: { thinking: Thinking; modelId: string | null }): StoredChat {
    return this.#memory().createChat(params);
  }

  /** Moves a temporary chat to the disk. It is erased from memory once all of it is there. */
  keepTemporaryChat({ chatId }: { chatId: string }): StoredChat {
    const memory = this.#memory();
    const kept = this.#disk().addRecords({ lines: memory.readRecords({ chatId }) });
    memory.purgeChats({ chatIds: [chatId] });
    return kept;
  }

  /** The first page begins with the temporary chats, unless it is one of a folder or of the archive. */
  listChats(params: { cursor: string | null } & ListedPart): StoredChatPage {
    const page = this.#disk().listChats(params);
    const hasTemporary = params.cursor === null && params.archived !== true && typeof params.folderId !== "string";
    return hasTemporary ? { ...page, chats: [...this.#temporaryChats(), ...page.chats] } : page;
  }

  chatIds(): string[] {
    return [...(this.#temporary?.chatIds() ?? []), ...this.#disk().chatIds()];
  }

  eraseAllChats(): null {
    this.#closeTemporary();
    return this.#disk().eraseAllChats();
  }

  /** Does a small part of what was put off. Returns whether something is left. */
  catchUp(disk: ChatStore | null): boolean {
    const isLeft = this.#temporary?.catchUp() ?? false;
    return (disk?.catchUp() ?? false) || isLeft;
  }

  /** Forgets the temporary chats. */
  close(): void {
    this.#closeTemporary();
  }

  #memory(): ChatStore {
    return (this.#temporary ??= new ChatStore(null));
  }

  #closeTemporary(): void {
    this.#temporary?.close();
    this.#temporary = null;
  }

  #temporaryChats(): StoredChatPage["chats"] {
    const chats: StoredChatPage["chats"] = [];
    let cursor: string | null = null;
    do {
      const page: StoredChatPage = this.#temporary?.listChats({ cursor }) ?? { chats: [], next: null };
      chats.push(...page.chats);
      cursor = page.next;
    } while (cursor !== null);
    return chats;
  }

  #callEach(name: Name, chatIds: readonly string[], params: object): null {
    const temporary = chatIds.filter(isTemporary);
    const others = chatIds.filter((id) => !isTemporary(id));
    // The disk first: if it fails, nothing has changed.
    if (others.length > 0) this.#callOne(this.#disk(), name, { ...params, chatIds: others });
    if (temporary.length > 0) this.#callOne(this.#memory(), name, { ...params, chatIds: temporary });
    return null;
  }

  #callOne(store: ChatStore, name: Name, params: unknown): unknown {
    const operations = name in store.documents ? store.documents : store;
    return (operations[name as keyof typeof operations] as Operation).call(operations, params);
  }
}
