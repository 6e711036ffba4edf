import { resolve } from "node:path";
import { failureText } from "../../texts/failureText.ts";
import type { Workbench } from "../../workbench/workbench.ts";
import type { Command } from "../Command.ts";
import type { Fact } from "../labelled.ts";
import type { Terminal } from "../Terminal.ts";

/** `r1 inspect`: what a GGUF file says about itself. Throws the problem of a file that is not a valid GGUF file. */
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
  const { say, figures } = terminal.texts;
  const notStated = say("cli:notStated");
  const rows: Fact[] = [
    [say("cli:inspect.name"), name ?? notStated],
    [say("cli:inspect.architecture"), architecture],
    [say("cli:inspect.parameters"), figures.count(parameters)],
    [say("cli:inspect.quantization"), quantization],
    [say("hardware:loaded.context"), contextLength === null ? notStated : figures.tokens(contextLength)],
    [say("hardware:loaded.layers"), layers === null ? notStated : figures.count(layers)],
    [say("cli:inspect.size"), figures.bytes(sizeBytes)],
    [say("cli:inspect.licence"), licence ?? notStated],
    [
      say("cli:inspect.template"),
      chatTemplate === null
        ? say("cli:inspect.noTemplate")
        : say("cli:inspect.characters", { count: chatTemplate.length }),
    ],
    ...facts.problems.map((problem): Fact => [say("cli:inspect.problem"), failureText(terminal.texts, problem).what]),
  ];
  terminal.facts(rows);
  return 0;
}
