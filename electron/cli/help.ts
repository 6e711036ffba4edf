import type { Texts } from "../texts/texts.ts";
import { columns } from "./columns.ts";
import { type CommandName, commandNames, commandOptions, type Option } from "./commandOptions.ts";
import { wrapText } from "./wrapText.ts";

/** What stands behind each action of `r1 servers`. */
const serverForms = { add: "[OPTIONS] NAME URL", test: "[OPTIONS] NAME", remove: "NAME" };

const usages: Record<CommandName, string[]> = {
  chat: ["[OPTIONS] PROMPT", "[OPTIONS] --messages FILE", "[OPTIONS]"],
  chats: ["[OPTIONS] WORDS", "[OPTIONS]"],
  export: ["[OPTIONS] --all FILE", "[OPTIONS] CHATS FILE"],
  import: ["[OPTIONS] FILE"],
  prompt: ["[OPTIONS] --messages FILE"],
  inspect: ["FILE"],
  models: [""],
  servers: ["", ...Object.entries(serverForms).map(([action, form]) => `${action} ${form}`)],
  download: ["[OPTIONS] REPO FILE"],
  components: ["[OPTIONS]"],
  profile: ["[OPTIONS]"],
  fit: ["[OPTIONS] MODEL"],
  bench: ["[OPTIONS]"],
  tune: ["[OPTIONS]"],
  serve: ["[OPTIONS]"],
  "llama-server": ["[OPTIONS]"],
  doctor: ["[OPTIONS]"],
};
const variables = [
  ["R1_WORKBENCH_HOME", "home"],
  ["HF_ENDPOINT", "hub"],
  ["HF_TOKEN", "token"],
  ["HTTPS_PROXY", "proxy"],
  ["R1_API_KEY", "apiKey"],
  ["R1_OFFLINE", "offline"],
  ["LANG", "language"],
] as const;
const exitCodes = [
  ["0", "done"],
  ["1", "failed"],
  ["2", "usage"],
  ["130", "cancelled"],
] as const;

/** Returns what `r1 --help` prints, or `r1 COMMAND --help`, at most 80 cells wide. */
export function helpText({ say }: Pick<Texts, "say">, about: CommandName | null): string {
  const section = (heading: string, rows: [string, string][]): string => `${heading}\n${columns(rows, "  ")}`;
  const everywhere: [string, string][] = [
    ["    --json", say("cli:everywhere.json")],
    ["    --offline", say("cli:everywhere.offline")],
    ["-h, --help", say("cli:everywhere.help")],
  ];
  if (about !== null) {
    const options = Object.entries<Option>(commandOptions[about]);
    const rows = options.map(([name, option]): [string, string] => [
      spelled(name, option),
      say(`cli:options.${option.text}`),
    ]);
    return paragraphs(
      columns(usageOf(about).map((form, at) => [at === 0 ? say("cli:usage") : "", form])),
      `${wrapText(say(`cli:commands.${about}.about`), 80).join("\n")}\n`,
      section(say("cli:headings.options"), [...rows, ...everywhere]),
    );
  }
  return paragraphs(
    columns([[say("cli:usage"), "r1 COMMAND [OPTIONS]"]]),
    `${wrapText(say("cli:purpose"), 80).join("\n")}\n`,
    section(
      say("cli:headings.commands"),
      commandNames.map((name) => [name, say(`cli:commands.${name}.summary`)]),
    ),
    section(say("cli:headings.everywhere"), [...everywhere, ["-V, --version", say("cli:everywhere.version")]]),
    section(
      say("cli:headings.environment"),
      variables.map(([name, text]) => [name, say(`cli:environment.${text}`)]),
    ),
    section(
      say("cli:headings.exitCodes"),
      exitCodes.map(([code, text]) => [code, say(`cli:exitCodes.${text}`)]),
    ),
    `${say("cli:more")}\n`,
  );
}

/** Returns the same for programs. */
export function helpDocument({ say }: Pick<Texts, "say">, about: CommandName | null): object {
  const commands = (about === null ? commandNames : [about]).map((name) => ({
    name,
    usage: usageOf(name),
    summary: say(`cli:commands.${name}.summary`),
    description: say(`cli:commands.${name}.about`),
    options: Object.entries<Option>(commandOptions[name]).map(([long, option]) => ({
      name: longName(long),
      short: option.short === undefined ? null : `-${option.short}`,
      value: option.value ?? null,
      description: say(`cli:options.${option.text}`),
    })),
  }));
  return { commands };
}

const usageOf = (name: CommandName): string[] => usages[name].map((form) => `r1 ${name} ${form}`.trimEnd());

const paragraphs = (...parts: string[]): string => parts.join("\n");

/** llama-bench writes its -pg with one dash. */
const longName = (name: string): string => (name === "pg" ? "-pg" : `--${name}`);

/** "-m, --model MODEL" */
function spelled(name: string, { short, value }: Option): string {
  const long = longName(name);
  const before = short !== undefined ? `-${short}, ` : long.startsWith("--") ? "    " : "";
  return `${before}${long}${value === undefined ? "" : ` ${value}`}`;
}
