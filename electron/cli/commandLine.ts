import { type FactsOf, WorkbenchError } from "../contract/errors.ts";
import { readBench } from "./benchOptions.ts";
import type { Command } from "./Command.ts";
import { type CommandName, commandNames, commandOptions } from "./commandOptions.ts";
import { json, numberIn, readOptions } from "./optionValues.ts";

const readers: Record<CommandName, (args: string[]) => Command> = {
  chat: readChat,
  prompt: readPrompt,
  inspect: readInspect,
  models: readModels,
  download: readDownload,
  profile: readProfile,
  fit: readFit,
  bench: readBench,
  tune: readTune,
};

/** Returns whether the result is wanted as JSON, also of a command line that is wrong otherwise. */
export const wantsJson = (args: readonly string[]): boolean => optionsIn(args).includes("--json");

/** Reads the command line. Throws `usage`. */
export function readCommandLine(args: readonly string[]): Command {
  // --json may stand before the command as well.
  const at = args.findIndex((arg) => arg !== "--json");
  const name = args[at];
  if (name === undefined) throw new WorkbenchError("usage", { case: "noCommand" });
  const rest = [...args.slice(0, at), ...args.slice(at + 1)];
  if (name === "--help" || name === "-h" || name === "help") {
    const [about] = rest.filter((arg) => !arg.startsWith("-"));
    return { name: "help", about: about === undefined ? null : commandNamed(about) };
  }
  if (name === "--version" || name === "-V") return { name: "version" };
  const command = commandNamed(name);
  if (optionsIn(rest).some((arg) => arg === "--help" || arg === "-h")) return { name: "help", about: command };
  try {
    return readers[command](rest);
  } catch (error) {
    if (!(error instanceof WorkbenchError) || error.facts === undefined) throw error;
    throw new WorkbenchError("usage", { ...(error.facts as FactsOf<"usage">), command });
  }
}

/** What stands behind `--` is text, whatever it looks like. */
function optionsIn(args: readonly string[]): readonly string[] {
  const end = args.indexOf("--");
  return end === -1 ? args : args.slice(0, end);
}

function commandNamed(given: string): CommandName {
  const name = commandNames.find((known) => known === given);
  if (name !== undefined) return name;
  throw new WorkbenchError("usage", { case: "unknownCommand", given });
}

function readChat(args: string[]): Command {
  const options = { ...commandOptions.chat, json, notice: { type: "string" } } as const;
  const { values, positionals } = readOptions({ args, options, allowPositionals: true });
  const prompt = positionals.length === 0 ? null : positionals.join(" ");
  if (prompt !== null && values.messages !== undefined) {
    throw new WorkbenchError("usage", { case: "promptAndMessages" });
  }
  refuseEmptyFile(values.messages);
  return {
    name: "chat",
    json: values.json ?? false,
    model: values.model ?? null,
    messagesFile: values.messages ?? null,
    seed: numberIn(values.seed, "--seed", 0, 2 ** 32 - 1, true),
    temperature: numberIn(values.temperature, "--temperature", 0, 2, false),
    maxTokens: numberIn(values["max-tokens"], "--max-tokens", 1, 1_000_000_000, true) ?? null,
    think: values["no-think"] !== true,
    prompt,
    notice: values.notice ?? null,
  };
}

function readPrompt(args: string[]): Command {
  const { values } = readOptions({ args, options: { ...commandOptions.prompt, json } });
  if (values.messages === undefined) throw new WorkbenchError("usage", { case: "messagesNeeded" });
  refuseEmptyFile(values.messages);
  return {
    name: "prompt",
    json: values.json ?? false,
    model: values.model ?? null,
    messagesFile: values.messages,
    think: values["no-think"] !== true,
  };
}

/** A script passes an empty name if its variable is not set. */
function refuseEmptyFile(file: string | undefined): void {
  if (file === "") throw new WorkbenchError("usage", { case: "valueMissing", option: "--messages" });
}

function readInspect(args: string[]): Command {
  const { values, positionals } = readOptions({
    args,
    options: { ...commandOptions.inspect, json },
    allowPositionals: true,
  });
  const [file = ""] = positionals;
  if (file === "" || positionals.length > 1) throw new WorkbenchError("usage", { case: "fileNeeded" });
  return { name: "inspect", json: values.json ?? false, file };
}

function readModels(args: string[]): Command {
  const { values } = readOptions({ args, options: { ...commandOptions.models, json } });
  return { name: "models", json: values.json ?? false };
}

function readProfile(args: string[]): Command {
  const { values } = readOptions({ args, options: { ...commandOptions.profile, json } });
  return { name: "profile", json: values.json ?? false, measureAgain: values["measure-again"] ?? false };
}

function readTune(args: string[]): Command {
  const { values } = readOptions({ args, options: { ...commandOptions.tune, json } });
  const { lossy = false, apply = false, undo = false } = values;
  if (undo && (apply || lossy || values.minutes !== undefined)) {
    throw new WorkbenchError("usage", { case: "undoAlone" });
  }
  return {
    name: "tune",
    json: values.json ?? false,
    model: values.model ?? null,
    minutes: numberIn(values.minutes, "--minutes", 0.1, 120, false) ?? 2,
    lossy,
    apply,
    undo,
  };
}

function readFit(args: string[]): Command {
  const options = { ...commandOptions.fit, json };
  const { values, positionals } = readOptions({ args, options, allowPositionals: true });
  const [model] = positionals;
  if (model === undefined || positionals.length > 1) throw new WorkbenchError("usage", { case: "modelNeeded" });
  return {
    name: "fit",
    json: values.json ?? false,
    model,
    contextSize: numberIn(values.context, "--context", 256, 1_048_576, true) ?? null,
    depth: numberIn(values.depth, "--depth", 0, 1_048_576, true) ?? 0,
    measureAgain: values["measure-again"] ?? false,
  };
}

function readDownload(args: string[]): Command {
  const options = { ...commandOptions.download, json };
  const { values, positionals } = readOptions({ args, options, allowPositionals: true });
  const [repo, file] = positionals;
  if (repo === undefined || file === undefined || positionals.length > 2) {
    throw new WorkbenchError("usage", { case: "repoAndFileNeeded" });
  }
  return {
    name: "download",
    json: values.json ?? false,
    repo,
    file,
    revision: values.revision ?? "main",
    acceptUnverified: values["accept-unverified"] ?? false,
  };
}
