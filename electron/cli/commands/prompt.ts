import type { Workbench } from "../../workbench/workbench.ts";
import type { Command } from "../Command.ts";
import { readMessages } from "../readMessages.ts";
import { modelIdOf } from "../modelIdOf.ts";
import type { Terminal } from "../Terminal.ts";

/** `r1 prompt`: prints exactly what the model would receive, without generating anything. */
export async function prompt(
  command: Extract<Command, { name: "prompt" }>,
  terminal: Terminal,
  open: () => Promise<Workbench>,
  cancelling: AbortSignal,
): Promise<number> {
  const messages = await readMessages(command.messagesFile, cancelling);
  if (cancelling.aborted) return 130;
  const workbench = await open();
  const thinking = command.think ? "on" : "off";
  const { text, tokens } = await workbench.prompt(
    await modelIdOf(workbench, command.model),
    { messages, thinking },
    cancelling,
  );
  if (terminal.json) terminal.document({ text, tokens });
  else {
    terminal.write(text.endsWith("\n") ? text : `${text}\n`);
    terminal.aside(`${terminal.texts.figures.tokens(tokens.length)}\n`);
  }
  return 0;
}
