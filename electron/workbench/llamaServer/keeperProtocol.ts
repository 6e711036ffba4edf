/** What the workbench sends to the keeper's process. `start` comes first, and once. */
export type KeeperCommand =
  | { type: "start"; program: string; args: string[]; env: NodeJS.ProcessEnv }
  /** Asks the program to end. */
  | { type: "stop" };

/** What the keeper reports. Its last report is `ended` or `notStarted`. */
export type KeeperReport =
  | { type: "started"; pid: number }
  | { type: "notStarted"; message: string }
  | { type: "ended"; code: number | null; signal: NodeJS.Signals | null };
