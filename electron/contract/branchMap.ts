import type { Message } from "./chats.ts";

/** A message of a chat, and those below it up to the next one that has several versions below it. */
export interface BranchRun {
  /** Its first message. */
  messageId: string;
  role: Message["role"];
  /** The first words of that message, on one line and without markup. Empty if it has none. */
  excerpt: string;
  /** Number of messages. 0 stands for the beginning of a chat whose first message has several versions. */
  count: number;
  /** How deep it is in the map, from 1. */
  level: number;
  /** Whether it is on the branch that is shown. */
  isShown: boolean;
  /** Position of the first message among its versions, counted from 1. */
  version: { index: number; count: number };
  /** Whether the user has changed what the model wrote. */
  isEdited: boolean;
}

/** All branches of a chat, in the order in which they are drawn. */
export interface BranchMap {
  runs: BranchRun[];
  /** False if there are too many to list. */
  isAll: boolean;
}
