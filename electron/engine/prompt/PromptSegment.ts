/**
 * A prompt is a list of segments, so that the origin of every text is known. `format` is the prompt format's own text,
 * where `<｜User｜>` is a token. `text` is the text of a message, where the same characters are ordinary text.
 */
export type PromptSegment = { kind: "bos" } | { kind: "format"; text: string } | { kind: "text"; text: string };

export interface Prompt {
  segments: PromptSegment[];
  /** True if the prompt itself opens the thought, so that the reply begins inside it. */
  opensThought: boolean;
  /**
   * The beginning of the answer that the prompt already contains: the line breaks after a thought that it opens and
   * closes.
   */
  answerStart: string;
}
