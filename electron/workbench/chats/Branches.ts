import type { BranchMap, BranchRun } from "../../contract/branchMap.ts";
import type { Message } from "../../contract/chats.ts";
import { WorkbenchError } from "../../contract/errors.ts";
import type { AttachmentTable } from "./AttachmentTable.ts";
import { type BareRun, branchMap } from "./branchMap.ts";
import { chatTitle } from "./chatTitle.ts";
import type { ChatTable, StoredChat } from "./ChatTable.ts";
import type { MessageTable } from "./MessageTable.ts";
import { MessageTree } from "./MessageTree.ts";
import { withoutAsked } from "./withoutAsked.ts";
import { withoutMarkup } from "./withoutMarkup.ts";

/** Number of messages on a page. Fewer if they are long. */
const pageMessages = 30;
/** Number of messages shown above the one that a page is opened at. */
const messagesAbove = 10;
const pageChars = 1_000_000;

/** Some consecutive messages of a branch, and where it goes on: the id of the first and of the last message, or null. */
export interface BranchPart {
  messages: Message[];
  earlier: string | null;
  later: string | null;
}

/** Reads and changes the branches of chats. A chat's messages form a tree, and one path through it is shown. */
export class Branches {
  readonly #chats: ChatTable;
  readonly #messages: MessageTable;
  readonly #attachments: AttachmentTable;

  constructor(chats: ChatTable, messages: MessageTable, attachments: AttachmentTable) {
    this.#chats = chats;
    this.#messages = messages;
    this.#attachments = attachments;
  }

  tree(chatId: string): MessageTree {
    return new MessageTree(this.#messages.tree(chatId, this.#chats.leafOf(chatId)));
  }

  /** Returns the last message of the shown branch, or the newest message if that is no longer known. */
  leaf(chatId: string, tree: MessageTree): string | null {
    const leafId = this.#chats.leafOf(chatId);
    return leafId !== null && tree.node(leafId) !== undefined ? leafId : tree.newest;
  }

  /** Returns a message. Throws `message-not-found`. */
  message(chatId: string, messageId: string, tree: MessageTree): Message {
    const node = tree.node(messageId);
    const message = node && this.#messages.read(chatId, node, tree.versionsOf(messageId));
    if (message === undefined) throw new WorkbenchError("message-not-found");
    const attachments = message.role === "user" ? this.#attachments.ofMessage(messageId) : [];
    return attachments.length === 0 ? message : { ...message, attachments };
  }

  /**
   * Returns the messages around one on the branch that ends at `leafId`, or the branch's last ones if that message is
   * null or not on it.
   */
  around(chatId: string, tree: MessageTree, leafId: string | null, messageId: string | null): BranchPart {
    const branch = tree.branchTo(leafId);
    const at = messageId === null ? -1 : branch.indexOf(messageId);
    // All messages from here to the end fit on a page, so the page is filled from the end.
    if (at === -1 || at >= branch.length - (pageMessages - messagesAbove)) {
      return this.#upTo(chatId, tree, branch, branch.length);
    }
    const above = this.#upTo(chatId, tree, branch, at, messagesAbove);
    const below = this.#from(chatId, tree, branch, at);
    return { messages: [...above.messages, ...below.messages], earlier: above.earlier, later: below.later };
  }

  /** Returns the messages above one, whichever branch is shown. Throws `message-not-found`. */
  above(chatId: string, messageId: string): BranchPart {
    const tree = this.tree(chatId);
    const branch = tree.branchTo(messageId);
    if (branch.length === 0) throw new WorkbenchError("message-not-found");
    return this.#upTo(chatId, tree, branch, branch.length - 1);
  }

  /** Returns the messages below one on the shown branch. Throws `message-not-found` if it is not on that branch. */
  below(chatId: string, messageId: string): BranchPart {
    const tree = this.tree(chatId);
    const branch = tree.branchTo(this.leaf(chatId, tree));
    const at = branch.indexOf(messageId);
    if (at === -1) throw new WorkbenchError("message-not-found");
    return this.#from(chatId, tree, branch, at + 1);
  }

  /** Returns a message and those below it on the shown branch. */
  from(chatId: string, messageId: string): BranchPart {
    const tree = this.tree(chatId);
    const branch = tree.branchTo(this.leaf(chatId, tree));
    return this.#from(chatId, tree, branch, Math.max(0, branch.indexOf(messageId)));
  }

  /** Returns all branches of a chat, with the first words of each run. */
  map(chatId: string): BranchMap {
    const tree = this.tree(chatId);
    const { runs, isAll } = branchMap(tree, this.leaf(chatId, tree));
    const read = ({ messageId, ...run }: BareRun): BranchRun => {
      const node = tree.node(messageId);
      const { role, start, isEdited } = this.#messages.beginning(node?.sequence ?? 0n);
      const excerpt = chatTitle(role === "user" ? start : withoutMarkup(start));
      return { ...run, messageId, role, excerpt, isEdited };
    };
    return { runs: runs.map(read), isAll };
  }

  /** Returns all messages up to one, oldest first. */
  history(chatId: string, tree: MessageTree, messageId: string | null): Message[] {
    return tree.branchTo(messageId).map((id) => this.message(chatId, id, tree));
  }

  /** Returns the messages before a question that is at the end of the branch, or that replaces the message `edited`. */
  before(chatId: string, edited: string | null = null): Message[] {
    const tree = this.tree(chatId);
    return this.history(
      chatId,
      tree,
      edited === null ? this.leaf(chatId, tree) : this.message(chatId, edited, tree).parentId,
    );
  }

  /**
   * Creates a chat with the settings of this one and a copy of the messages up to one. Throws `chat-busy`. Until all are
   * there, `owner` hides them, so that they are indexed later.
   */
  copy(chatId: string, messageId: string, title: string, owner: string): StoredChat {
    const from = this.#chats.read(chatId);
    const { id } = this.#chats.insert(from.thinking, from.modelId, from.folderId);
    this.#chats.hide(id, owner);
    const copies = new Map<string | null, string>();
    let parentId: string | null = null;
    for (const message of this.history(chatId, this.tree(chatId), messageId)) {
      if (message.state === "streaming") throw new WorkbenchError("chat-busy");
      parentId = this.#messages.copy({ ...message, model: withoutAsked(message.model) }, id, parentId);
      this.#attachments.copy(message.id, parentId);
      copies.set(message.id, parentId);
    }
    this.#chats.restore(id);
    this.#chats.chooseLeaf(id, parentId);
    this.#chats.rename(id, title);
    const promptFrom = copies.get(from.promptFrom) ?? null;
    const { systemPrompt, replySettings, searchesFolder } = from;
    return this.#chats.configure(id, { systemPrompt, replySettings, promptFrom, searchesFolder });
  }

  /**
   * Moves a message and those below it to a chat that `owner` hides, which erases them at the next start. Returns that
   * chat's id. The branch of another version is then shown.
   */
  remove({ id, chatId, parentId }: Message, owner: string): string {
    const tree = this.tree(chatId);
    const removed = tree.subtree(id);
    const leafId = this.leaf(chatId, tree);
    const { thinking, modelId } = this.#chats.read(chatId);
    const { id: deletionId } = this.#chats.insert(thinking, modelId);
    this.#chats.hide(deletionId, owner);
    this.#messages.move(removed, deletionId);
    if (leafId !== null && removed.includes(leafId)) {
      const other = tree.versionsOf(id).findLast((version) => version !== id);
      this.#chats.chooseLeaf(chatId, other === undefined ? parentId : tree.leafBelow(other));
    }
    return deletionId;
  }

  /** Moves removed messages back and shows them. Throws `message-not-found` if they were erased or are being erased. */
  restore(chatId: string, deletionId: string): void {
    this.#chats.read(chatId);
    const removed = this.#messages.idsIn(deletionId);
    const [first] = removed;
    if (first === undefined || this.#chats.isDoomed(deletionId)) throw new WorkbenchError("message-not-found");
    this.#messages.move(removed, chatId);
    this.#chats.erase(deletionId);
    this.#chats.chooseLeaf(chatId, this.tree(chatId).leafBelow(first));
  }

  #upTo(chatId: string, tree: MessageTree, branch: string[], end: number, most = pageMessages): BranchPart {
    const messages = this.#page(chatId, tree, branch.slice(Math.max(0, end - most), end).reverse()).reverse();
    return part(messages, end > messages.length, end < branch.length);
  }

  #from(chatId: string, tree: MessageTree, branch: string[], start: number): BranchPart {
    const messages = this.#page(chatId, tree, branch.slice(start, start + pageMessages));
    return part(messages, start > 0, start + messages.length < branch.length);
  }

  /** Returns the first of these messages, at least one, that together are not too long for a page. */
  #page(chatId: string, tree: MessageTree, ids: readonly string[]): Message[] {
    const messages: Message[] = [];
    let chars = 0;
    for (const id of ids) {
      if (chars > pageChars) break;
      const message = this.message(chatId, id, tree);
      chars += message.text.length + (message.thought?.length ?? 0);
      messages.push(message);
    }
    return messages;
  }
}

function part(messages: Message[], hasEarlier: boolean, hasLater: boolean): BranchPart {
  const [first, last] = [messages[0]?.id ?? null, messages.at(-1)?.id ?? null];
  return { messages, earlier: hasEarlier ? first : null, later: hasLater ? last : null };
}
