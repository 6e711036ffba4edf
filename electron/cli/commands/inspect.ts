import { resolve } from "node:path";
import { toProblem, WorkbenchError } from "../../contract/errors.ts";
import { failureText } from "../../texts/failureText.ts";
import type { CommandOf } from "../commandLine.ts";
import type { CommandRun } from "../CommandRun.ts";
import type { Fact } from "../labelled.ts";

/** `r1 inspect`: what a GGUF file says about itself, or what is wrong with it. */
export async function inspect(command: CommandOf<"inspect">, { terminal, open }: CommandRun): Promise<number> {
  const workbench = await open();
  const facts = await workbench.inspect(resolve(command.file)).catch((error: unknown) => failed(command.file, error));
  if (facts instanceof WorkbenchError) {
    terminal.fail(toProblem(facts));
    // What is wrong in the file is what this command is for.
    const { code, detail } = facts;
    if (code === "model-header-invalid" && detail !== undefined && !terminal.json)
      terminal.aside(`${terminal.texts.say("cli:inspect.detail", { detail })}\n`);
    return 1;
  }
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

/** Returns a file's problem, with the name of a missing one as it was typed. Throws anything unforeseen. */
function failed(file: string, error: unknown): WorkbenchError {
  if (!(error instanceof WorkbenchError)) throw error;
  const isMissing = error.code === "model-file-missing" && error.facts === undefined;
  return isMissing ? new WorkbenchError("model-file-missing", { case: "at", path: file }, error.detail) : error;
}
