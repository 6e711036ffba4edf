import type { Message, ReplyModel } from "../../contract/chats.ts";
import { WorkbenchError } from "../../contract/errors.ts";
import type { AttachmentTable } from "./AttachmentTable.ts";
import type { Branches } from "./Branches.ts";
import { chatTitle } from "./chatTitle.ts";
import type { ChatTable } from "./ChatTable.ts";
import type { MessageTable } from "./MessageTable.ts";
import { interruptOrphans } from "./openStore.ts";
import type { BegunReply } from "./storeOperations.ts";
import type { ReplyOwner } from "./StoreOwner.ts";
import type { StoreTables } from "./storeTables.ts";

/** Begins the replies of chats. Call inside a write transaction. */
export class Turns {
  readonly #chats: ChatTable;
  readonly #messages: MessageTable;
  readonly #branches: Branches;
  readonly #attachments: AttachmentTable;
  readonly #owner: ReplyOwner;

  constructor({ chats, messages, attachments }: StoreTables, branches: Branches, owner: ReplyOwner) {
    this.#chats = chats;
    this.#messages = messages;
    this.#attachments = attachments;
    this.#branches = branches;
    this.#owner = owner;
  }

  /**
   * Adds the user's message below `parentId`, with an empty reply to it. `attach` is called with the id of the message, to
   * give it its documents.
   */
  send(
    chatId: string,
    parentId: string | null,
    { text, model, attach }: { text: string; model: Message["model"]; attach: (messageId: string) => void },
  ): BegunReply {
    if (this.#chats.read(chatId).archived) this.#chats.setArchived(chatId, false);
    const said = { chatId, parentId, role: "user", text, state: "done", model: null, owner: null } as const;
    const id = this.#messages.insert(said);
    attach(id);
    this.#chats.titleFromMessage(chatId, chatTitle(text));
    return this.reply(chatId, id, model);
  }

  /** Adds an empty reply below `parentId`. */
  reply(chatId: string, parentId: string | null, model: Message["model"]): BegunReply {
    const empty = { chatId, parentId, role: "assistant", text: "", state: "streaming" } as const;
    const id = this.#messages.insert({ ...empty, model, owner: this.#owner.token });
    return this.#begun(chatId, id, parentId);
  }

  /** Adds another version of a reply, as edited by the user, and shows it. Returns its id. */
  editReply(reply: Message, changed: Pick<Message, "text" | "thought">): string {
    const { id, chatId, parentId } = reply;
    if (this.#chats.read(chatId).edit?.messageId === id) this.#chats.saveEdit(chatId, null);
    const { id: modelId, name, server }: ReplyModel = reply.model ?? { id: "", name: "" };
    const model = { id: modelId, name, edited: true, ...(server && { server }) } as const;
    // What was measured, a summary, and how the model was asked belong to the text that it wrote.
    const { summary: _summary, ...kept } = reply;
    const edited: Message = { ...kept, ...changed, model, state: "done", stats: null, problem: null };
    const editedId = this.#messages.copy(edited, chatId, parentId);
    this.#chats.chooseLeaf(chatId, editedId);
    this.#chats.touch(chatId);
    return editedId;
  }

  /** Opens the last reply of a branch again, to be continued. Its row is in state `streaming` and keeps its text. */
  reopen(reply: Message): BegunReply {
    const { id, chatId, parentId } = reply;
    if (this.#branches.tree(chatId).leafBelow(id) !== id)
      throw new WorkbenchError("input-invalid", undefined, "the reply is not the last message of its branch");
    // It is not about what the reply will say.
    this.#messages.setSummary(id, null);
    this.#messages.reopen(reply, this.#owner.token);
    return this.#begun(chatId, id, parentId);
  }

  /** Throws `chat-busy` if a reply is being written in the chat, also by another process that is running. */
  refuseBusy(chatId: string): void {
    if (this.#messages.streaming(chatId).length === 0) return;
    interruptOrphans(this.#messages, this.#owner);
    if (this.#messages.streaming(chatId).length > 0) throw new WorkbenchError("chat-busy");
  }

  #begun(chatId: string, replyId: string, parentId: string | null): BegunReply {
    this.#chats.chooseLeaf(chatId, replyId);
    this.#chats.touch(chatId);
    const tree = this.#branches.tree(chatId);
    const history = this.#branches.history(chatId, tree, parentId);
    const files = this.#attachments.files(history);
    return { chat: this.#chats.read(chatId), reply: this.#branches.message(chatId, replyId, tree), history, files };
  }
}
