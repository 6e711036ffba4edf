import type { CommandOf } from "../commandLine.ts";
import type { CommandRun } from "../CommandRun.ts";
import { readMessages } from "../readMessages.ts";
import { modelIdOf } from "../modelIdOf.ts";

/** `r1 prompt`: prints exactly what the model would receive, without generating anything. */
export async function prompt(
  command: CommandOf<"prompt">,
  { terminal, open, cancelling }: CommandRun,
): Promise<number> {
  const messages = await readMessages(command.messagesFile, "prompt", cancelling);
  if (cancelling.aborted) return 130;
  const workbench = await open();
  const thinking = command.think ? "on" : "off";
  const modelId = await modelIdOf(workbench, command.model);
  const { text, tokens } = await workbench.prompt(modelId, { messages, thinking }, cancelling);
  if (terminal.json) terminal.document({ text, tokens });
  else {
    terminal.write(text.endsWith("\n") ? text : `${text}\n`);
    terminal.aside(`${terminal.texts.figures.tokens(tokens.length)}\n`);
  }
  return 0;
}
