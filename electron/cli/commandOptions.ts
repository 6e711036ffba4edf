import type { English } from "../texts/english.d.ts";

/** An option as parseArgs takes it, with what the help says of it. */
export interface Option {
  type: "string" | "boolean";
  short?: string;
  multiple?: true;
  /** What its value is called in the help: `--model MODEL`. */
  value?: string;
  text: keyof English["cli"]["options"];
}

const model = { type: "string", short: "m", value: "MODEL", text: "model" } as const;
const messages = { type: "string", value: "FILE", text: "messages" } as const;
const passphraseFile = { type: "string", value: "FILE", text: "passphraseFile" } as const;
const noThink = { type: "boolean", text: "noThink" } as const;

/** The options of each command. */
export const commandOptions = {
  chat: {
    model,
    messages,
    file: { type: "string", multiple: true, short: "f", value: "FILE", text: "file" },
    pages: { type: "string", value: "PAGES", text: "pages" },
    search: { type: "boolean", text: "search" },
    seed: { type: "string", value: "N", text: "seed" },
    temperature: { type: "string", value: "X", text: "temperature" },
    "max-tokens": { type: "string", value: "N", text: "maxTokens" },
    "max-thought-tokens": { type: "string", value: "N", text: "maxThoughtTokens" },
    "max-thought-seconds": { type: "string", value: "N", text: "maxThoughtSeconds" },
    "no-think": noThink,
    temporary: { type: "boolean", text: "temporary" },
    "passphrase-file": passphraseFile,
  },
  chats: {
    query: { type: "string", value: "WORDS", text: "chatsQuery" },
    archived: { type: "boolean", text: "chatsArchived" },
    folder: { type: "string", value: "NAME", text: "chatsFolder" },
    "passphrase-file": passphraseFile,
  },
  export: {
    all: { type: "boolean", text: "exportAll" },
    format: { type: "string", value: "FORMAT", text: "exportFormat" },
    "no-thoughts": { type: "boolean", text: "noThoughts" },
    "passphrase-file": passphraseFile,
  },
  import: {
    apply: { type: "boolean", text: "importApply" },
    copies: { type: "boolean", text: "importCopies" },
    "passphrase-file": passphraseFile,
  },
  prompt: { model, messages, "no-think": noThink },
  inspect: {},
  models: {},
  servers: {
    "key-env": { type: "string", value: "VAR", text: "serverKey" },
    certificate: { type: "string", value: "FILE", text: "serverCertificate" },
    "plain-http": { type: "boolean", text: "serverPlainHttp" },
    model: { type: "string", short: "m", value: "MODEL", text: "serverModel" },
  },
  download: {
    revision: { type: "string", value: "R", text: "revision" },
    "accept-unverified": { type: "boolean", text: "acceptUnverified" },
  },
  components: {
    install: { type: "string", value: "NAME", text: "componentInstall" },
    remove: { type: "string", value: "NAME", text: "componentRemove" },
  },
  profile: { "measure-again": { type: "boolean", text: "measureSpeedsAgain" } },
  fit: {
    context: { type: "string", value: "N", text: "context" },
    depth: { type: "string", value: "N", text: "depth" },
    "measure-again": { type: "boolean", text: "measureMachineAgain" },
  },
  bench: {
    model,
    "n-prompt": { type: "string", multiple: true, short: "p", value: "N", text: "benchPrompt" },
    "n-gen": { type: "string", multiple: true, short: "n", value: "N", text: "benchGenerate" },
    pg: { type: "string", multiple: true, value: "N,M", text: "benchBoth" },
    "n-depth": { type: "string", multiple: true, short: "d", value: "N", text: "benchDepth" },
    repetitions: { type: "string", short: "r", value: "N", text: "benchRepetitions" },
    threads: { type: "string", short: "t", value: "N", text: "benchThreads" },
    output: { type: "string", short: "o", value: "FORMAT", text: "benchOutput" },
    plan: { type: "string", value: "PLAN", text: "benchPlan" },
    minutes: { type: "string", value: "N", text: "benchMinutes" },
    solve: { type: "string", value: "N", text: "benchSolve" },
    level: { type: "string", value: "LEVEL", text: "benchLevel" },
    seed: { type: "string", value: "N", text: "benchSeed" },
  },
  tune: {
    model,
    minutes: { type: "string", value: "N", text: "tuneMinutes" },
    lossy: { type: "boolean", text: "tuneLossy" },
    apply: { type: "boolean", text: "tuneApply" },
    undo: { type: "boolean", text: "tuneUndo" },
  },
  serve: {
    port: { type: "string", value: "N", text: "servePort" },
    host: { type: "string", value: "ADDRESS", text: "serveHost" },
  },
  "llama-server": {
    program: { type: "string", value: "PATH", text: "serverProgram" },
    model: { type: "string", short: "m", value: "MODEL", text: "servedModel" },
    context: { type: "string", value: "N", text: "servedContext" },
    worker: { type: "string", multiple: true, value: "HOST:PORT", text: "serverWorker" },
    plan: { type: "boolean", text: "serverPlan" },
  },
  doctor: { deep: { type: "boolean", text: "doctorDeep" } },
} as const satisfies Record<string, Record<string, Option>>;

export type CommandName = keyof typeof commandOptions;
/** In the order in which the help lists them. */
export const commandNames = Object.keys(commandOptions) as CommandName[];
