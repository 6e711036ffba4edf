import { keyVariablePattern } from "../contract/servers.ts";
import { type ComponentName, componentNames } from "../contract/componentNames.ts";
import { isWorkerAddress, leastServerContext, mostServerContext } from "../contract/llamaServerLimits.ts";
import { type FactsOf, WorkbenchError } from "../contract/errors.ts";
import { usualApiPort } from "../contract/usualApiPort.ts";
import { readBench } from "./benchOptions.ts";
import { pageRanges } from "./pageRanges.ts";
import { type CommandName, commandNames, commandOptions } from "./commandOptions.ts";
import { everywhere, numberIn, oneOf, readOptions } from "./optionValues.ts";

const readers = {
  chat: readChat,
  chats: readChats,
  export: readExport,
  import: readImport,
  prompt: readPrompt,
  inspect: readInspect,
  models: readModels,
  servers: readServers,
  download: readDownload,
  components: readComponents,
  profile: readProfile,
  fit: readFit,
  bench: readBench,
  tune: readTune,
  serve: readServe,
  "llama-server": readLlamaServer,
  doctor: readDoctor,
} satisfies Record<CommandName, (args: string[]) => { name: CommandName }>;

/** What a command line asks for. Help is about one command, or about all for null. */
export type Command =
  | ReturnType<(typeof readers)[CommandName]>
  | { name: "help"; about: CommandName | null }
  | { name: "version" };
export type CommandOf<Name extends Command["name"]> = Extract<Command, { name: Name }>;

/** Returns whether the result is wanted as JSON, also of a command line that is wrong otherwise. */
export const wantsJson = (args: readonly string[]): boolean => optionsIn(args).includes("--json");

/** Returns whether nothing may connect while the command runs. */
export const wantsOffline = (args: readonly string[]): boolean => optionsIn(args).includes("--offline");

/** Reads the command line. Throws `usage`. */
export function readCommandLine(args: readonly string[]): Command {
  // Options of every command may stand before it as well.
  const at = args.findIndex((arg) => arg !== "--json" && arg !== "--offline");
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

function readChat(args: string[]) {
  const options = { ...commandOptions.chat, ...everywhere, notice: { type: "string" } } as const;
  const { values, positionals } = readOptions({ args, options, allowPositionals: true });
  const prompt = positionals.length === 0 ? null : positionals.join(" ");
  if (prompt !== null && values.messages !== undefined) {
    throw new WorkbenchError("usage", { case: "promptAndMessages" });
  }
  const files = values.file ?? [];
  if (files.length > 0 && values.messages !== undefined) {
    throw new WorkbenchError("usage", { case: "filesAndMessages" });
  }
  if (values.pages !== undefined && files.length !== 1) throw new WorkbenchError("usage", { case: "pagesNeedFile" });
  const search = values.search === true;
  if (search && files.length === 0) throw new WorkbenchError("usage", { case: "searchNeedsFile" });
  for (const file of [values.messages, ...files]) refuseEmptyFile(file);
  return {
    name: "chat" as const,
    model: values.model ?? null,
    messagesFile: values.messages ?? null,
    files,
    /** Of the only file; null for all. */
    pages: values.pages === undefined ? null : pageRanges(values.pages),
    /** Whether only passages of the files are sent. */
    search,
    seed: numberIn(values.seed, "--seed", 0, 2 ** 32 - 1, true),
    temperature: numberIn(values.temperature, "--temperature", 0, 2, false),
    maxTokens: numberIn(values["max-tokens"], "--max-tokens", 1, 1_000_000_000, true) ?? null,
    maxThoughtTokens: numberIn(values["max-thought-tokens"], "--max-thought-tokens", 1, 1_048_576, true) ?? null,
    maxThoughtSeconds: numberIn(values["max-thought-seconds"], "--max-thought-seconds", 1, 86_400, true) ?? null,
    think: values["no-think"] !== true,
    temporary: values.temporary === true,
    passphraseFile: passphraseFileIn(values),
    prompt,
    /** A line to print first: why the chat is in the terminal and not in a window. */
    notice: values.notice ?? null,
  };
}

function readChats(args: string[]) {
  const options = { ...commandOptions.chats, ...everywhere };
  const { values, positionals } = readOptions({ args, options, allowPositionals: true });
  return {
    name: "chats" as const,
    query: [...(values.query === undefined ? [] : [values.query]), ...positionals].join(" ").trim(),
    archived: values.archived === true,
    folder: values.folder ?? null,
    passphraseFile: passphraseFileIn(values),
  };
}

function readExport(args: string[]) {
  const options = { ...commandOptions.export, ...everywhere } as const;
  const { values, positionals } = readOptions({ args, options, allowPositionals: true });
  const chatIds = positionals.slice(0, -1);
  const file = onlyFile(positionals.slice(-1), "chatFileNeeded");
  if (values.all === true ? chatIds.length > 0 : chatIds.length === 0) {
    throw new WorkbenchError("usage", { case: "chatsNeeded" });
  }
  const format = oneOf(values.format, "--format", terminalFormats) ?? formatOfName(file);
  return {
    name: "export" as const,
    file,
    format: format === "md" ? ("markdown" as const) : format,
    /** Null: all. */
    chatIds: values.all === true ? null : chatIds,
    thoughts: values["no-thoughts"] !== true,
    passphraseFile: passphraseFileIn(values),
  };
}

/** A PDF is printed by the app's window. */
const terminalFormats = ["md", "json", "html", "markdown"] as const;

function formatOfName(file: string): (typeof terminalFormats)[number] {
  if (/\.(md|markdown|zip)$/i.test(file)) return "markdown";
  return /\.html?$/i.test(file) ? "html" : "json";
}

function readImport(args: string[]) {
  const options = { ...commandOptions.import, ...everywhere } as const;
  const { values, positionals } = readOptions({ args, options, allowPositionals: true });
  const { apply: applies = false, copies = false } = values;
  return {
    name: "import" as const,
    file: onlyFile(positionals, "chatFileNeeded"),
    applies,
    here: copies ? ("copy" as const) : ("skip" as const),
    passphraseFile: passphraseFileIn(values),
  };
}

function onlyFile([file = "", ...more]: readonly string[], otherwise: "chatFileNeeded" | "fileNeeded"): string {
  if (file === "" || more.length > 0) throw new WorkbenchError("usage", { case: otherwise });
  return file;
}

function readPrompt(args: string[]) {
  const { values } = readOptions({ args, options: { ...commandOptions.prompt, ...everywhere } });
  const { model = null, messages } = values;
  if (messages === undefined) throw new WorkbenchError("usage", { case: "messagesNeeded" });
  refuseEmptyFile(messages);
  return { name: "prompt" as const, model, messagesFile: messages, think: values["no-think"] !== true };
}

/** A script passes an empty name if its variable is not set. */
function refuseEmptyFile(file: string | undefined, option = "--messages"): void {
  if (file === "") throw new WorkbenchError("usage", { case: "valueMissing", option });
}

/** The passphrase itself is no option: other users see the options of a command that runs. */
function passphraseFileIn({ "passphrase-file": file }: { "passphrase-file"?: string | undefined }): string | null {
  refuseEmptyFile(file, "--passphrase-file");
  return file ?? null;
}

function readInspect(args: string[]) {
  const options = { ...commandOptions.inspect, ...everywhere };
  const { positionals } = readOptions({ args, options, allowPositionals: true });
  return { name: "inspect" as const, file: onlyFile(positionals, "fileNeeded") };
}

function readModels(args: string[]) {
  readOptions({ args, options: { ...commandOptions.models, ...everywhere } });
  return { name: "models" as const };
}

function readProfile(args: string[]) {
  const { values } = readOptions({ args, options: { ...commandOptions.profile, ...everywhere } });
  return { name: "profile" as const, measureAgain: values["measure-again"] ?? false };
}

function readDoctor(args: string[]) {
  const { values } = readOptions({ args, options: { ...commandOptions.doctor, ...everywhere } });
  const { deep: isDeep = false, offline: isOffline = false } = values;
  return { name: "doctor" as const, isDeep, isOffline };
}

function readServe(args: string[]) {
  const { values } = readOptions({ args, options: { ...commandOptions.serve, ...everywhere } });
  const port = numberIn(values.port, "--port", 0, 65_535, true) ?? usualApiPort;
  return { name: "serve" as const, host: values.host ?? "127.0.0.1", port };
}

function readTune(args: string[]) {
  const { values } = readOptions({ args, options: { ...commandOptions.tune, ...everywhere } });
  const { model = null, lossy = false, apply = false, undo = false } = values;
  if (undo && (apply || lossy || values.minutes !== undefined)) {
    throw new WorkbenchError("usage", { case: "undoAlone" });
  }
  const minutes = numberIn(values.minutes, "--minutes", 0.1, 120, false) ?? 2;
  return { name: "tune" as const, model, minutes, lossy, apply, undo };
}

function readLlamaServer(args: string[]) {
  const { values } = readOptions({ args, options: { ...commandOptions["llama-server"], ...everywhere } });
  const { program = null, model = null, plan = false } = values;
  const workers = values.worker?.map((given) => (isWorkerAddress(given) ? given : notAWorker(given))) ?? null;
  const contextSize = numberIn(values.context, "--context", leastServerContext, mostServerContext, true) ?? null;
  return { name: "llama-server" as const, program, model, contextSize, workers, isOnlyPlanned: plan };
}

function notAWorker(given: string): never {
  throw new WorkbenchError("usage", { case: "notAWorker", given });
}

function readFit(args: string[]) {
  const options = { ...commandOptions.fit, ...everywhere };
  const { values, positionals } = readOptions({ args, options, allowPositionals: true });
  const [model, ...more] = positionals;
  if (model === undefined || more.length > 0) throw new WorkbenchError("usage", { case: "modelNeeded" });
  return {
    name: "fit" as const,
    model,
    contextSize: numberIn(values.context, "--context", 256, 1_048_576, true) ?? null,
    depth: numberIn(values.depth, "--depth", 0, 1_048_576, true) ?? 0,
    measureAgain: values["measure-again"] ?? false,
  };
}

function readDownload(args: string[]) {
  const options = { ...commandOptions.download, ...everywhere };
  const { values, positionals } = readOptions({ args, options, allowPositionals: true });
  const [repo, file, ...more] = positionals;
  if (repo === undefined || file === undefined || more.length > 0) {
    throw new WorkbenchError("usage", { case: "repoAndFileNeeded" });
  }
  const { revision = "main", "accept-unverified": acceptUnverified = false } = values;
  return { name: "download" as const, repo, file, revision, acceptUnverified };
}

type ServersCommand =
  | { name: "servers"; action: "list" }
  | {
      name: "servers";
      action: "add";
      server: string;
      url: string;
      keyVariable: string | null;
      certificateFile: string | null;
      allowsPlainHttp: boolean;
    }
  | { name: "servers"; action: "test"; server: string; model: string | null }
  | { name: "servers"; action: "remove"; server: string };

/** The options that each action of `r1 servers` understands. */
const serverOptions = {
  list: [],
  add: ["key-env", "certificate", "plain-http"],
  test: ["model"],
  remove: [],
} as const satisfies Record<ServersCommand["action"], readonly (keyof typeof commandOptions.servers)[]>;

function readServers(args: string[]): ServersCommand {
  const options = { ...commandOptions.servers, ...everywhere };
  const { values, positionals } = readOptions({ args, options, allowPositionals: true });
  const [action, server, url, ...more] = positionals;
  if (action === undefined || Object.hasOwn(serverOptions, action)) {
    const known: readonly string[] = [
      ...serverOptions[(action ?? "list") as ServersCommand["action"]],
      "json",
      "offline",
    ];
    const unknown = Object.keys(values).find((name) => !known.includes(name));
    if (unknown !== undefined) throw new WorkbenchError("usage", { case: "unknownOption", option: `--${unknown}` });
  }
  if (action === undefined) return { name: "servers", action: "list" };
  if (action === "add") {
    if (!server || !url || more.length > 0) throw new WorkbenchError("usage", { case: "serverAndUrlNeeded" });
    const keyVariable = values["key-env"] ?? null;
    if (keyVariable !== null && !keyVariablePattern.test(keyVariable)) {
      throw new WorkbenchError("usage", { case: "valueMissing", option: "--key-env" });
    }
    const certificateFile = values.certificate ?? null;
    refuseEmptyFile(certificateFile ?? undefined, "--certificate");
    const allowsPlainHttp = values["plain-http"] ?? false;
    return { name: "servers", action, server, url, keyVariable, certificateFile, allowsPlainHttp };
  }
  if ((action !== "test" && action !== "remove") || !server || url !== undefined) {
    throw new WorkbenchError("usage", { case: "serverNeeded" });
  }
  if (action === "remove") return { name: "servers", action, server };
  return { name: "servers", action, server, model: values.model ?? null };
}

type ComponentsCommand =
  | { name: "components"; action: "list" }
  | { name: "components"; action: "install" | "remove"; component: ComponentName };

function readComponents(args: string[]): ComponentsCommand {
  const { values } = readOptions({ args, options: { ...commandOptions.components, ...everywhere } });
  const { install, remove } = values;
  const given = install ?? remove;
  if (given === undefined) return { name: "components", action: "list" };
  const component = componentNames.find((known) => known === given.toLowerCase());
  if (component === undefined || (install !== undefined && remove !== undefined)) {
    throw new WorkbenchError("usage", { case: "componentNeeded" });
  }
  return { name: "components", action: install === undefined ? "remove" : "install", component };
}
