import type { Workbench } from "../../workbench/workbench.ts";
import type { Command } from "../Command.ts";
import { sizeText } from "../sizeText.ts";
import type { Terminal } from "../Terminal.ts";

/** `r1 models`: the models on this machine, built-in ones first. */
export async function models(
  _command: Extract<Command, { name: "models" }>,
  terminal: Terminal,
  open: () => Promise<Workbench>,
): Promise<number> {
  const workbench = await open();
  const list = await workbench.call("models.list", {});
  if (terminal.json) {
    terminal.document(
      list.map(({ id, name, source, sizeBytes, quantization, architecture, builtIn, problems }) => ({
        id,
        name,
        path: source.path,
        sizeBytes,
        quantization,
        architecture,
        builtIn,
        problems,
      })),
    );
    return 0;
  }
  const width = Math.max(0, ...list.map(({ id }) => id.length));
  for (const { id, name, sizeBytes, quantization, builtIn, owner, problems } of list) {
    const facts = [
      name.replaceAll(/\s+/g, " "),
      quantization,
      sizeText(sizeBytes),
      ...(builtIn ? ["built in"] : owner === "downloads" ? [] : [owner]),
    ];
    const trouble = problems.map(({ message }) => ` — ${message}`).join("");
    terminal.write(`${id.padEnd(width)}  ${facts.join(", ")}${trouble}\n`);
  }
  return 0;
}
