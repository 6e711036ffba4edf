/** A message of another app. `other` is what this app has no messages for, such as a tool's answer. */
export interface ForeignMessage {
  id: string;
  parentId: string | null;
  role: "user" | "assistant" | "other";
  text: string;
  thought: string | null;
  /** In milliseconds since 1970, if it is known and possible. */
  at: number | null;
  model: string | null;
}

/** A chat of another app, as far as this one has a place for it. */
export interface ForeignChat {
  /** Null if it has none. */
  id: string | null;
  title: string;
  createdAt: number | null;
  updatedAt: number | null;
  isPinned: boolean;
  isArchived: boolean;
  systemPrompt: string;
  /** A tree by the ids of the parents; nothing about it is certain. */
  messages: ForeignMessage[];
  /** The last message of the branch that was shown. */
  lastId: string | null;
  /** Pictures, files and calls of tools. */
  leftOut: number;
}
