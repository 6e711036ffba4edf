import { passagesMessage, type SearchedFile } from "./passagesMessage.ts";

/** A document as a message has it: its text, or the passages that were found in it. */
export type MessageFile = { name: string; text: string } | SearchedFile;

/**
 * Returns a question about files, in the form with which DeepSeek asks R1 about uploaded files (the file template in the
 * model card of DeepSeek-R1, "Official Prompts"), and after them the passages of those that were searched.
 */
export function fileMessage(files: readonly MessageFile[], question: string): string {
  const whole = files.map((file) =>
    "text" in file ? `[file name]: ${file.name}\n[file content begin]\n${file.text}\n[file content end]\n` : "",
  );
  const searched = files.flatMap((file) => ("passages" in file ? [file] : []));
  return whole.join("") + passagesMessage(searched, question);
}

/** Returns the text of a file as the message has it, from the texts of its pages or chapters. */
export function textOfParts(parts: readonly string[]): string {
  return parts.join("\n\n");
}
