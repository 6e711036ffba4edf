/** What one block may hold; a block beyond any of it is shown as plain text. */
export const blockLimits = {
  /** Parsing is slower than linear for some texts. Code in a fence is not parsed, so it may be longer. */
  chars: 60_000,
  codeChars: 100_000,
  /** Elements and texts, those of its formulas too: what the window can draw without a stutter. */
  nodes: 5_000,
  /** Chromium lays out nested elements recursively, and dies of too many. */
  depth: 64,
  cells: 2_000,
  /** Of one paragraph, cell or heading, or of one line of code: it is laid out as a whole. */
  lineChars: 10_000,
};

/** What one formula may hold; one beyond it is shown as it was written. */
export const formulaLimits = { chars: 10_000, nodes: 3_000, depth: 160 };

/** What the blocks of one reply may hold together; from where it is used up, the reply is plain text. */
export const replyLimits = {
  chars: 1_000_000,
  blocks: 8_000,
  nodes: 100_000,
  formulas: 3_000,
  cells: 20_000,
  /** Of a worker's time on the clock, of which other programs may take the most. */
  workMs: 30_000,
};

/** A worker that is silent for longer is ended. */
export const silenceLimitMs = 2_000;
/** What a block that ended its worker counts as: five of them use up the budget, whatever the others took. */
export const silenceCostMs = 6_000;
