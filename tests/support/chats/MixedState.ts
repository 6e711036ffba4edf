import type { Problem } from "../../../electron/contract/errors.ts";

export type MixedMessage = [
  id: string,
  text: string,
  thought: string | null,
  state: string,
  problem: string,
  role: string,
  summary: string,
  files: string,
];

/** What people see of the chats in a home in which `mixingWriter` writes. */
export interface MixedState {
  chats: Record<string, { title: string; others: string; messages: MixedMessage[] }>;
  folders: string[];
  backups: string[];
}

/** What `mixingWriter` prints. */
export interface MixedLine {
  opened?: MixedState;
  begun?: string;
  /** The chats, or the backup, that it is about. */
  chats?: string[];
  done?: string;
  state?: MixedState;
  notice?: Problem;
}
