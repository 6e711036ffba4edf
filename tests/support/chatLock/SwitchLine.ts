/** What `switchingProgram` prints. */
export type SwitchLine =
  /** Hashes of all rows of the store, and of each backup, newest first. */
  | { opened: "on" | "off"; rows: string; backups: string[] }
  /** What was said about the store. */
  | { notice: string }
  /** Passphrases that may be the present one, from then on. */
  | { begun: string; passphrases: string[] }
  | { done: string; passphrases: string[] };
