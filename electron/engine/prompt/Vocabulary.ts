/** The parts of a model's vocabulary that prompt building needs, so that it can be tested without a model. */
export interface Vocabulary {
  /**
   * Returns the token ids of plain text. Never includes control tokens, but includes user-defined ones whose spelling
   * occurs in it.
   */
  tokenizeText(text: string): number[];
  /** All special tokens by spelling. */
  special: ReadonlyMap<string, number>;
  /** Spellings of user-defined tokens such as `<think>`, which llama.cpp matches even in plain text. */
  userDefined: readonly string[];
  /** Whether text can be cut at the end of a word without changing its ids: true for BPE, false for SentencePiece. */
  cutsAtWords: boolean;
  /** Null if this model's prompts begin without a BOS token. */
  bos: number | null;
}
