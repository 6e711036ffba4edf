export interface MessageFile {
  name: string;
  text: string;
}

/**
 * Returns a question about files, in the form with which DeepSeek asks R1 about uploaded files (the file template in the
 * model card of DeepSeek-R1, "Official Prompts").
 */
export function fileMessage(files: readonly MessageFile[], question: string): string {
  const parts = files.map(
    ({ name, text }) => `[file name]: ${name}\n[file content begin]\n${text}\n[file content end]\n`,
  );
  return parts.join("") + question;
}

/** Returns the text of a file as the message has it, from the texts of its pages or chapters. */
export function textOfParts(parts: readonly string[]): string {
  return parts.join("\n\n");
}
