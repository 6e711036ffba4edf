/** How long a server may send nothing, and how a request is repeated. In milliseconds. */
export interface ReplyWaits {
  /** Before the first token: it may have to load the model and read a long prompt. */
  firstMs: number;
  /** Afterwards. */
  silenceMs: number;
  /** After the reply's end, for what the server counted. */
  usageMs: number;
  /** Before the first and the second repetition, unless the server says when. */
  retryMs: readonly number[];
  /** A server that asks for a longer wait is not asked again. */
  mostRetryAfterMs: number;
  /** How much of what has arrived is read at once, before the rest of the app, and whoever stops it, has a turn. */
  turnMs: number;
  /** Between live figures. */
  liveMs: number;
}

export const replyWaits: ReplyWaits = {
  firstMs: 600_000,
  silenceMs: 120_000,
  usageMs: 3000,
  retryMs: [1000, 4000],
  mostRetryAfterMs: 60_000,
  turnMs: 10,
  liveMs: 250,
};
