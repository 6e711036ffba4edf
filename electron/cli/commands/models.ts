import stringWidth from "string-width";
import { isRemote, writtenAt } from "../../contract/modelKinds.ts";
import type { Model } from "../../contract/models.ts";
import { failureText } from "../../texts/failureText.ts";
import { ownedFileText } from "../../texts/ownedFileText.ts";
import type { Texts } from "../../texts/texts.ts";
import type { CommandOf } from "../commandLine.ts";
import type { CommandRun } from "../CommandRun.ts";

/** `r1 models`: lists the models on this machine, built-in ones first, and then those on servers. */
export async function models(_command: CommandOf<"models">, { terminal, open }: CommandRun): Promise<number> {
  const workbench = await open();
  const list = await workbench.call("models.list", {});
  if (terminal.json) {
    terminal.document(
      list.map(({ id, name, source, sizeBytes, quantization, architecture, builtIn, problems }) => ({
        id,
        name,
        ...(source.kind === "file" ? { path: source.path } : { path: null, server: writtenAt(source) }),
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

/**
 * Returns a model's name and facts, such as "R1 Nano · Q8_0 · 1.3 MB · built in", or where it is, such as "deepseek-r1 · on
 * gpu (gpu.example.org), leaves this machine".
 */
function modelLine(texts: Texts, model: Model): string {
  const { name, quantization, sizeBytes, owner, problems } = model;
  const { say } = texts;
  if (isRemote(model)) {
    const { serverName: server, host, isThisMachine } = model.source;
    const place = say(isThisMachine ? "cli:models.onThisMachine" : "cli:models.elsewhere", { server, host });
    return [name.replaceAll(/\s+/g, " "), place].join(" · ");
  }
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
