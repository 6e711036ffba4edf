import stringWidth from "string-width";
import type { Model } from "../../contract/models.ts";
import { failureText } from "../../texts/failureText.ts";
import { ownedFileText } from "../../texts/ownedFileText.ts";
import type { Texts } from "../../texts/texts.ts";
import type { CommandOf } from "../commandLine.ts";
import type { CommandRun } from "../CommandRun.ts";

/** `r1 models`: lists the models on this machine, built-in ones first. */
export async function models(_command: CommandOf<"models">, { terminal, open }: CommandRun): Promise<number> {
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
  const width = Math.max(0, ...list.map(({ id }) => stringWidth(id)));
  for (const model of list) {
    const space = " ".repeat(width - stringWidth(model.id) + 2);
    terminal.write(`${model.id}${space}${modelLine(terminal.texts, model)}\n`);
  }
  return 0;
}

/** Returns a model's name and facts, such as "R1 Nano · Q8_0 · 1.3 MB · built in". */
function modelLine(texts: Texts, { name, quantization, sizeBytes, owner, problems }: Model): string {
  const { say } = texts;
  const facts = [
    name.replaceAll(/\s+/g, " "),
    quantization,
    texts.figures.bytes(sizeBytes),
    ...(owner === "app" ? [say("cli:models.builtIn")] : []),
    ...(owner === "linked" ? [say("cli:models.linked")] : []),
    ...[ownedFileText(texts, owner) ?? []].flat(),
  ];
  return [...facts, ...problems.map((problem) => failureText(texts, problem).what)].join(" · ");
}
