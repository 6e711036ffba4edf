/** How long downloads wait, in milliseconds. Tests shorten these. */
export interface DownloadWaits {
  /** The delay before a connection's first retry. It doubles with each retry, up to a minute. */
  firstRetryMs: number;
  /**
   * A connection that receives less than 32 KiB in this time, or has received nothing for this long, is considered
   * dead.
   */
  stallMs: number;
  /** A timer this late means that the machine slept. */
  sleptMs: number;
}

export const usualWaits: Readonly<DownloadWaits> = { firstRetryMs: 1000, stallMs: 30_000, sleptMs: 15_000 };
