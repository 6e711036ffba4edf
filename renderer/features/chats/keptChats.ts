import { isTemporary } from "../../../electron/contract/isTemporary.ts";

/** Returns those of these chats that are on the disk. Temporary ones stay away from it: they cannot be moved or exported. */
export const keptChats = (chatIds: readonly string[]): string[] => chatIds.filter((chatId) => !isTemporary(chatId));
