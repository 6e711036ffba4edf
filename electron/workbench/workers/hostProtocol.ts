/** What a `HostedWorker` sends to its process. */
export type HostMessage =
  | { type: "start"; path: string; workerData: unknown }
  /** For the worker. */
  | { type: "message"; message: unknown };

/** What the process sends back. It ends when its worker does. */
export type HostReport =
  /** From the worker. */
  | { type: "message"; message: unknown }
  /** The worker ends because of this. */
  | { type: "error"; message: string }
  /** The last report. */
  | { type: "exit" };
