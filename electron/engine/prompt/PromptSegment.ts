/**
 * A prompt is built as a list of these, so that it is always known who wrote what.
 * `format`: the prompt format's own text, where `<｜User｜>` is a token.
 * `text`: somebody's message, where the same letters are only letters.
 */
export type PromptSegment = { kind: "bos" } | { kind: "format"; text: string } | { kind: "text"; text: string };

export interface Prompt {
  segments: PromptSegment[];
  /** The prompt itself opens the thought, so the reply begins inside it. */
  opensThought: boolean;
  /** What the prompt already writes of the answer: the line breaks behind a thought that it opens and closes. */
  answerStart: string;
}
