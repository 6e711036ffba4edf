/** What prompt building needs of a model's vocabulary, and nothing else, so that it can be tried without a model. */
export interface Vocabulary {
  /** Token ids of plain text: no control token ever, but user-defined ones if their spelling is in it. */
  tokenizeText(text: string): number[];
  /** Every token with a meaning of its own, by spelling. */
  special: ReadonlyMap<string, number>;
  /** Spellings of user-defined tokens such as `<think>`, which llama.cpp finds even in plain text. */
  userDefined: readonly string[];
  /** Text may be cut where a word ends without changing its ids: true of BPE, not of SentencePiece. */
  cutsAtWords: boolean;
  /** Null: this model's prompts begin without one. */
  bos: number | null;
}
