import type { Message } from "../../contract/chats.ts";
import { WorkbenchError } from "../../contract/errors.ts";
import type { ChatTable } from "./ChatTable.ts";
import type { MessageTable } from "./MessageTable.ts";
import { MessageTree } from "./MessageTree.ts";

/** Messages of a page; fewer if they are long. */
const pageMessages = 30;
/** Shown above the message that a page is opened at. */
const messagesAbove = 10;
const pageChars = 1_000_000;

/** Some successive messages of a branch, and whether there are others on either side. */
export interface BranchPart {
  messages: Message[];
  hasEarlier: boolean;
  hasLater: boolean;
}

/** Reads the branches of chats: a chat's messages form a tree, and one way through it is shown. */
export class Branches {
  readonly #chats: ChatTable;
  readonly #messages: MessageTable;

  constructor(chats: ChatTable, messages: MessageTable) {
    this.#chats = chats;
    this.#messages = messages;
  }

  tree(chatId: string): MessageTree {
    return new MessageTree(this.#messages.tree(chatId, this.#chats.leafOf(chatId)));
  }

  /** Where the shown branch ends; the newest message where that cannot be told any more. */
  leaf(chatId: string, tree: MessageTree): string | null {
    const leafId = this.#chats.leafOf(chatId);
    return leafId !== null && tree.node(leafId) !== undefined ? leafId : tree.newest;
  }

  /** Throws `message-not-found`. */
  message(chatId: string, messageId: string, tree: MessageTree): Message {
    const node = tree.node(messageId);
    const message = node && this.#messages.read(chatId, node, tree.versionsOf(messageId));
    if (message === undefined) throw new WorkbenchError("message-not-found");
    return message;
  }

  /** The messages around one of the branch that ends at `leafId`; its last ones if that one is null or not on it. */
  around(chatId: string, tree: MessageTree, leafId: string | null, messageId: string | null): BranchPart {
    const branch = tree.branchTo(leafId);
    const at = messageId === null ? -1 : branch.indexOf(messageId);
    // From here on all of them fit on a page: they are read from the end.
    if (at === -1 || at >= branch.length - (pageMessages - messagesAbove)) {
      return this.#upTo(chatId, tree, branch, branch.length);
    }
    const above = this.#upTo(chatId, tree, branch, at, messagesAbove);
    const below = this.#from(chatId, tree, branch, at);
    return { ...below, messages: [...above.messages, ...below.messages], hasEarlier: above.hasEarlier };
  }

  /** The messages above one, whichever branch is shown. Throws `message-not-found`. */
  above(chatId: string, messageId: string): BranchPart {
    const tree = this.tree(chatId);
    const branch = tree.branchTo(messageId);
    if (branch.length === 0) throw new WorkbenchError("message-not-found");
    return this.#upTo(chatId, tree, branch, branch.length - 1);
  }

  /** The messages below one on the shown branch. Throws `message-not-found` if it is not on it. */
  below(chatId: string, messageId: string): BranchPart {
    const tree = this.tree(chatId);
    const branch = tree.branchTo(this.leaf(chatId, tree));
    const at = branch.indexOf(messageId);
    if (at === -1) throw new WorkbenchError("message-not-found");
    return this.#from(chatId, tree, branch, at + 1);
  }

  /** A message and those below it on the shown branch. */
  from(chatId: string, messageId: string): BranchPart {
    const tree = this.tree(chatId);
    const branch = tree.branchTo(this.leaf(chatId, tree));
    return this.#from(chatId, tree, branch, Math.max(0, branch.indexOf(messageId)));
  }

  /** All messages up to one, oldest first. */
  history(chatId: string, tree: MessageTree, messageId: string | null): Message[] {
    return tree.branchTo(messageId).map((id) => this.message(chatId, id, tree));
  }

  #upTo(chatId: string, tree: MessageTree, branch: string[], end: number, most = pageMessages): BranchPart {
    const messages = this.#page(chatId, tree, branch.slice(Math.max(0, end - most), end).reverse()).reverse();
    return { messages, hasEarlier: end > messages.length, hasLater: end < branch.length };
  }

  #from(chatId: string, tree: MessageTree, branch: string[], start: number): BranchPart {
    const messages = this.#page(chatId, tree, branch.slice(start, start + pageMessages));
    return { messages, hasEarlier: start > 0, hasLater: start + messages.length < branch.length };
  }

  /** The first of these messages, one at least, that are not too long for a page together. */
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
