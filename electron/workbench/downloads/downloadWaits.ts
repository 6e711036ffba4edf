/** How long downloads wait, in milliseconds. A test of what comes afterwards shortens them. */
export interface DownloadWaits {
  /** Before a connection's first retry; each later one waits twice as long, up to a minute. */
  firstRetryMs: number;
  /** A connection that brings less than 32 KiB in this time, or has brought nothing for so long, counts as dead. */
  stallMs: number;
  /** A timer this late means that the machine slept. */
  sleptMs: number;
}

export const usualWaits: Readonly<DownloadWaits> = { firstRetryMs: 1000, stallMs: 30_000, sleptMs: 15_000 };
