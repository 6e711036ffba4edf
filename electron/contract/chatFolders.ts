import { z } from "zod";
import { call } from "./call.ts";
import { mostFolderNameChars } from "./names.ts";
import { nameSchema } from "./nameSchema.ts";

/** A folder of chats. A chat is in one or in none. */
export interface ChatFolder {
  id: string;
  /** Not empty, unless it was changed on the disk. */
  name: string;
  createdAt: number;
}

/** The folders, and how many chats are archived. */
export interface ChatFolders {
  /** In the order in which they were made. */
  folders: ChatFolder[];
  archived: number;
}

/** A folder that was deleted, with what is needed to undo that. */
export interface DeletedFolder {
  folder: ChatFolder;
  /** The chats that were in it. They are in no folder now. */
  chatIds: string[];
}

export const mostChatFolders = 500;

const id = z.string().min(1).max(64);
const ids = z.array(id).min(1).max(10_000);
export const folderNameSchema = nameSchema(mostFolderNameChars);
const name = folderNameSchema;

export const chatFolderCalls = {
  "chats.folders": call<ChatFolders>()(z.object({})),
  /** Rejects with `chat-folder-exists` if another folder has this name, whatever its case. */
  "chats.createFolder": call<ChatFolder>()(z.object({ name })),
  /** Rejects with `chat-folder-exists`. */
  "chats.renameFolder": call<null>()(z.object({ folderId: id, name })),
  /** Deletes a folder. Its chats stay and are in no folder. */
  "chats.deleteFolder": call<DeletedFolder>()(z.object({ folderId: id })),
  /** Makes a deleted folder again and puts those of its chats into it that are in none. */
  "chats.restoreFolder": call<null>()(
    z.object({
      folder: z.object({ id, name, createdAt: z.number() }),
      chatIds: z.array(id).max(100_000),
    }),
  ),
  /** Null: into no folder. Temporary chats cannot be in one. */
  "chats.moveToFolder": call<null>()(z.object({ chatIds: ids, folderId: id.nullable() })),
  /** Archived chats are listed apart from the others. Search finds them, and the next message in one brings it back. */
  "chats.archive": call<null>()(z.object({ chatIds: ids, archived: z.boolean() })),
};
