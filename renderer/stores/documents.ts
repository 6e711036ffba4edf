import { createStore, type StoreApi } from "zustand/vanilla";
import type {
  Attachment,
  DocumentPiece,
  DocumentTokens,
  DraftDocument,
  PageRange,
  PassagePlace,
} from "../../electron/contract/documents.ts";
import type { Problem } from "../../electron/contract/errors.ts";
import { attempts } from "./attempts.ts";
import type { ConversationStore } from "./conversation.ts";
import { type Door, onNamed } from "./door.ts";

/** A document whose text is read, and the number of the passage that is shown in it, or null. */
export interface OpenedDocument {
  attachment: Attachment;
  passage: number | null;
}

export interface DocumentsState {
  /** The documents of the open chat's draft, or of the one that the next message starts. */
  draft: readonly DraftDocument[];
  /** How many tokens they take, by the ids of their attachments. Left out until that is known. */
  tokens: Readonly<Record<string, DocumentTokens>>;
  /** The document that is being read, or null. */
  opened: OpenedDocument | null;
  /** Opens the file dialog. */
  choose: () => Promise<void>;
  /** Attaches files that were dropped or pasted. */
  attach: (files: readonly File[]) => Promise<void>;
  remove: (id: string) => Promise<void>;
  /** Has a document searched for what the message asks, or sent whole. Resolves with true once that is so. */
  search: (id: string, isSearched: boolean) => Promise<boolean>;
  /** Chooses which pages or chapters are sent or searched. Null: all. */
  choosePages: (id: string, pages: PageRange[] | null) => Promise<void>;
  open: (attachment: Attachment | null, passage?: number | null) => void;
  /** Resolves with where a passage is in the pieces of the text, or with null if that failed. */
  placeOf: (attachmentId: string, passage: number) => Promise<PassagePlace | null>;
  /** Resolves with a piece of the text of a page or chapter, or with null if that failed. */
  read: (attachmentId: string, part: number, piece: number) => Promise<DocumentPiece | null>;
  /** Returns the documents that a message of this chat gets when it is sent. */
  idsToSend: (chatId: string) => string[];
  /** Moves the documents of the draft for the next new chat to the chat that was created for it. */
  begin: (chatId: string) => Promise<void>;
}
export type DocumentsStore = StoreApi<DocumentsState>;

export interface DocumentsOptions {
  conversation: ConversationStore;
  onProblem: (problem: Problem | null) => void;
}

/** Creates the store of the documents of drafts, and of the one that is being read. */
export function createDocumentsStore(door: Door, { conversation, onProblem }: DocumentsOptions): DocumentsStore {
  const attempt = attempts(door, onProblem);
  /** What is known of the drafts, by their chats. */
  const drafts = new Map<string | null, readonly DraftDocument[]>();
  const openId = (): string | null => conversation.getState().openId;

  const store = createStore<DocumentsState>()((set) => ({
    draft: [],
    tokens: {},
    opened: null,
    choose: async () => {
      await attempt(() => door.call("shell.attachFiles", { chatId: openId() }));
    },
    attach: async (files) => {
      await attempt(() => door.attachFiles(files, openId()));
    },
    remove: async (id) => {
      await attempt(() => door.call("documents.remove", { chatId: openId(), id }));
    },
    search: async (id, isSearched) => {
      const use = isSearched ? "search" : "whole";
      const outcome = await attempt(async () => {
        await door.call("documents.choose", { chatId: openId(), id, use });
        return true;
      });
      return outcome === true;
    },
    choosePages: async (id, pages) => {
      await attempt(() => door.call("documents.choose", { chatId: openId(), id, pages }));
    },
    open: (attachment, passage = null) => set({ opened: attachment && { attachment, passage } }),
    placeOf: (attachmentId, number) => attempt(() => door.call("documents.passage", { attachmentId, number })),
    read: (attachmentId, part, piece) => attempt(() => door.call("documents.text", { attachmentId, part, piece })),
    idsToSend: (chatId) => (drafts.get(chatId) ?? []).flatMap((each) => (each.state === "ready" ? [each.id] : [])),
    begin: async (chatId) => {
      const isEmpty = (drafts.get(null) ?? []).length === 0;
      drafts.set(chatId, isEmpty ? [] : await door.call("documents.toChat", { chatId }));
    },
  }));

  /** Counts the tokens of the shown documents, one after the other. */
  const count = async (): Promise<void> => {
    for (const each of store.getState().draft) {
      if (each.state !== "ready") continue;
      const counted = await door.call("documents.count", { attachmentId: each.id }).catch(() => null);
      if (counted !== null) store.setState(({ tokens }) => ({ tokens: { ...tokens, [each.id]: counted } }));
    }
  };
  const show = (chatId: string | null, documents: readonly DraftDocument[]): void => {
    drafts.set(chatId, documents);
    if (chatId !== openId()) return;
    store.setState({ draft: documents });
    void count();
  };
  const read = async (chatId: string | null): Promise<void> => {
    const documents = await door.call("documents.draft", { chatId }).catch(() => null);
    if (documents !== null) show(chatId, documents);
  };
  onNamed(door, "documents.changed", ({ chatId, documents }) => show(chatId, documents));
  // Another model counts other tokens.
  onNamed(door, "models.loadedChanged", ({ state }) => {
    if (state === "ready") void count();
  });
  conversation.subscribe((now, before) => {
    if (now.openId === before.openId) return;
    store.setState({ draft: drafts.get(now.openId) ?? [], opened: null });
    // The events tell about all drafts that are known here.
    if (drafts.has(now.openId)) void count();
    else void read(now.openId);
  });
  void read(openId());
  if (openId() !== null) void read(null);
  return store;
}
