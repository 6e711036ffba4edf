import { resolve } from "node:path";
import { failureText } from "../../texts/failureText.ts";
import type { Workbench } from "../../workbench/workbench.ts";
import type { Command } from "../Command.ts";
import { sizeText } from "../sizeText.ts";
import type { Terminal } from "../Terminal.ts";

/** `r1 inspect`: what a GGUF file says of itself. A file that is no sound GGUF fails with its problem. */
export async function inspect(
  command: Extract<Command, { name: "inspect" }>,
  terminal: Terminal,
  open: () => Promise<Workbench>,
): Promise<number> {
  const workbench = await open();
  const facts = await workbench.inspect(resolve(command.file));
  const { architecture, name, parameters, quantization, contextLength, layers, sizeBytes, chatTemplate, licence } =
    facts;
  if (terminal.json) {
    const { problems } = facts;
    terminal.document({
      architecture,
      name,
      parameters,
      quantization,
      contextLength,
      layers,
      sizeBytes,
      chatTemplate,
      licence,
      problems,
    });
    return 0;
  }
  const rows: [string, string][] = [
    ["Name", name ?? "not stated"],
    ["Architecture", architecture],
    ["Parameters", parameters.toLocaleString("en-US")],
    ["Quantization", quantization],
    ["Context", contextLength === null ? "not stated" : `${contextLength.toLocaleString("en-US")} tokens`],
    ["Layers", layers === null ? "not stated" : String(layers)],
    ["Size", sizeText(sizeBytes)],
    ["Licence", licence ?? "not stated"],
    ["Chat template", chatTemplate === null ? "none" : `${chatTemplate.length} characters`],
    ...facts.problems.map((problem): [string, string] => ["Problem", failureText(terminal.texts, problem).what]),
  ];
  // Each value on its own line: a name with line feeds must not look like another row.
  for (const [label, value] of rows) terminal.write(`${label.padEnd(14)} ${value.replaceAll(/\s+/g, " ")}\n`);
  return 0;
}
