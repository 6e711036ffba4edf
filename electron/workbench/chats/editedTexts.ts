import type { Message } from "../../contract/chats.ts";
import { WorkbenchError } from "../../contract/errors.ts";

/** What the user has made of a reply's answer, or of its thought. */
export interface ReplyEdit {
  text: string;
  part?: "thought" | undefined;
  /** Whether the model is to write on from there. */
  toContinue?: boolean | undefined;
}

/** Returns the texts of a reply after an edit. Throws `input-invalid` for a thought that is not there. */
export function editedTexts(
  reply: Pick<Message, "text" | "thought">,
  { text, part, toContinue = false }: ReplyEdit,
): Pick<Message, "text" | "thought"> {
  const { thought } = reply;
  if (part === undefined) return { text: lineBreaksBefore(reply) + text, thought };
  if (thought === null) throw new WorkbenchError("input-invalid", undefined, "the reply has no thought");
  // The answer that follows would not be that of this thought.
  return { text: toContinue ? "" : reply.text, thought: text };
}

/** Returns the line breaks between thought and answer, which are not shown, but which the model continues from. */
function lineBreaksBefore({ text, thought }: Pick<Message, "text" | "thought">): string {
  if (text === "") return thought === null ? "" : "\n\n";
  return /^[\r\n]*/.exec(text)?.[0] ?? "";
}
