import { WorkbenchError } from "../contract/errors.ts";
import { readBench } from "./benchOptions.ts";
import type { Command } from "./Command.ts";
import { everywhere, numberIn, readOptions } from "./optionValues.ts";

const ofPrompts = { model: { type: "string" }, messages: { type: "string" }, "no-think": { type: "boolean" } } as const;
const ofChat = {
  ...ofPrompts,
  seed: { type: "string" },
  temperature: { type: "string" },
  "max-tokens": { type: "string" },
  notice: { type: "string" },
} as const;

/** Reads the command line. Fails with `usage`. */
export function readCommandLine(args: readonly string[]): Command {
  const [name, ...rest] = args;
  switch (name) {
    case "--help":
    case "-h":
    case "help":
      return { name: "help" };
    case "--version":
    case "-V":
      return { name: "version" };
    case "chat":
      return readChat(rest);
    case "prompt":
      return readPrompt(rest);
    case "inspect":
      return readInspect(rest);
    case "models":
      return readModels(rest);
    case "profile":
      return readProfile(rest);
    case "bench":
      return readBench(rest);
    case "tune":
      return readTune(rest);
    case "fit":
      return readFit(rest);
    case "download":
      return readDownload(rest);
    case undefined:
      throw new WorkbenchError("usage", "No command was given.");
    default:
      throw new WorkbenchError("usage", `There is no command "${name}".`);
  }
}

function readChat(args: string[]): Command {
  const { values, positionals } = readOptions({ args, options: { ...everywhere, ...ofChat }, allowPositionals: true });
  if (values.help === true) return { name: "help" };
  const prompt = positionals.length === 0 ? null : positionals.join(" ");
  if (prompt !== null && values.messages !== undefined) {
    throw new WorkbenchError("usage", "Give either a prompt or --messages, not both.");
  }
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
  const { values } = readOptions({ args, options: { ...everywhere, ...ofPrompts } });
  if (values.help === true) return { name: "help" };
  if (values.messages === undefined) throw new WorkbenchError("usage", "r1 prompt needs --messages FILE.");
  return {
    name: "prompt",
    json: values.json ?? false,
    model: values.model ?? null,
    messagesFile: values.messages,
    think: values["no-think"] !== true,
  };
}

function readInspect(args: string[]): Command {
  const { values, positionals } = readOptions({ args, options: everywhere, allowPositionals: true });
  if (values.help === true) return { name: "help" };
  const [file] = positionals;
  if (file === undefined || positionals.length > 1) throw new WorkbenchError("usage", "r1 inspect needs one FILE.");
  return { name: "inspect", json: values.json ?? false, file };
}

function readModels(args: string[]): Command {
  const { values } = readOptions({ args, options: everywhere });
  return values.help === true ? { name: "help" } : { name: "models", json: values.json ?? false };
}

function readProfile(args: string[]): Command {
  const options = { ...everywhere, "measure-again": { type: "boolean" } } as const;
  const { values } = readOptions({ args, options });
  if (values.help === true) return { name: "help" };
  return { name: "profile", json: values.json ?? false, measureAgain: values["measure-again"] ?? false };
}

function readTune(args: string[]): Command {
  const flag = { type: "boolean" } as const;
  const text = { type: "string" } as const;
  const options = {
    ...everywhere,
    model: { ...text, short: "m" },
    minutes: text,
    lossy: flag,
    apply: flag,
    undo: flag,
  } as const;
  const { values } = readOptions({ args, options });
  if (values.help === true) return { name: "help" };
  const { lossy = false, apply = false, undo = false } = values;
  if (undo && (apply || lossy || values.minutes !== undefined)) {
    throw new WorkbenchError("usage", "--undo tries nothing: leave out --minutes, --lossy and --apply.");
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
  const options = {
    ...everywhere,
    context: { type: "string" },
    depth: { type: "string" },
    "measure-again": { type: "boolean" },
  } as const;
  const { values, positionals } = readOptions({ args, options, allowPositionals: true });
  if (values.help === true) return { name: "help" };
  const [model] = positionals;
  if (model === undefined || positionals.length > 1) {
    throw new WorkbenchError("usage", "r1 fit needs one MODEL or catalogue id.");
  }
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
  const options = { ...everywhere, revision: { type: "string" }, "accept-unverified": { type: "boolean" } } as const;
  const { values, positionals } = readOptions({ args, options, allowPositionals: true });
  if (values.help === true) return { name: "help" };
  const [repo, file] = positionals;
  if (repo === undefined || file === undefined || positionals.length > 2) {
    throw new WorkbenchError("usage", "r1 download needs a REPO and a FILE in it.");
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
