/** Limits of one block. A block that exceeds any of them is shown as plain text. */
export const blockLimits = {
  /** For some texts, parsing takes more than linear time. Fenced code is not parsed, so it may be longer. */
  chars: 60_000,
  codeChars: 100_000,
  /** Elements and texts, including those in formulas: as many as the window can render smoothly. */
  nodes: 5_000,
  /** Chromium lays out nested elements recursively, and crashes if there are too many. */
  depth: 64,
  cells: 2_000,
  /** Of one paragraph, cell or heading, or of one line of code, since each is laid out as a whole. */
  lineChars: 10_000,
};

/** Limits of one formula. A formula that exceeds any of them is shown as written. */
export const formulaLimits = { chars: 10_000, nodes: 3_000, depth: 160 };

/** Limits of all blocks of a reply together. Where they are exceeded, the rest is plain text. */
export const replyLimits = {
  chars: 1_000_000,
  blocks: 8_000,
  nodes: 100_000,
  formulas: 3_000,
  cells: 20_000,
  /** Elapsed time of a worker, most of which other programs may use. */
  workMs: 30_000,
};

/** A worker that is silent for longer is terminated. */
export const silenceLimitMs = 2_000;
/** The cost of a block whose worker was terminated: five of them use up the budget, whatever the others took. */
export const silenceCostMs = 6_000;
