import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { type Problem, toProblem, WorkbenchError } from "../contract/errors.ts";
import { failureLine } from "../texts/failureText.ts";
import { openTexts } from "../texts/texts.ts";
import type { Workbench } from "../workbench/workbench.ts";
import { type Command, type CommandOf, readCommandLine, wantsJson, wantsOffline } from "./commandLine.ts";
import type { CommandName } from "./commandOptions.ts";
import type { CommandRun } from "./CommandRun.ts";
import { bench } from "./commands/bench.ts";
import { chat } from "./commands/chat.ts";
import { chats } from "./commands/chats.ts";
import { components } from "./commands/components.ts";
import { doctor } from "./commands/doctor.ts";
import { download } from "./commands/download.ts";
import { exportChats } from "./commands/exportChats.ts";
import { fit } from "./commands/fit.ts";
import { importChats } from "./commands/importChats.ts";
import { inspect } from "./commands/inspect.ts";
import { llamaServer } from "./commands/llamaServer.ts";
import { models } from "./commands/models.ts";
import { profile } from "./commands/profile.ts";
import { prompt } from "./commands/prompt.ts";
import { serve } from "./commands/serve.ts";
import { servers } from "./commands/servers.ts";
import { tune } from "./commands/tune.ts";
import { helpDocument, helpText } from "./help.ts";
import { openTerminalWorkbench } from "./openTerminalWorkbench.ts";
import { Terminal } from "./Terminal.ts";

// The `r1` command. Exit status: 0 done, 1 failed, 2 not understood, 130 cancelled.

const commands: { [Name in CommandName]: (command: CommandOf<Name>, run: CommandRun) => Promise<number> } = {
  chat,
  chats,
  export: exportChats,
  import: importChats,
  prompt,
  inspect,
  models,
  servers,
  profile,
  bench,
  tune,
  "llama-server": llamaServer,
  fit,
  download,
  components,
  serve,
  doctor,
};

/** Commands that end at once when they are cancelled. The others finish on their own and print what they have. */
const atOnce: ReadonlySet<Command["name"]> = new Set(["inspect", "chats", "models", "profile", "doctor"]);

process.exitCode = await main(process.argv.slice(2));
// A terminal or an open pipe on stdin would keep the process alive.
process.stdin.destroy();

async function main(args: string[]): Promise<number> {
  const terminal = new Terminal(wantsJson(args));
  const cancelling = new AbortController();
  let workbench: Workbench | null = null;
  // Node would print a stack.
  process.on("uncaughtException", (error) => {
    terminal.fail(toProblem(error));
    process.exit(1);
  });
  process.on("SIGINT", () => {
    // A second Ctrl+C does not wait for anything.
    if (cancelling.signal.aborted) process.exit(130);
    cancelling.abort();
  });
  const stopping = AbortSignal.any([cancelling.signal, terminal.cut]);
  const told = new Set<string>();
  let command: Command | null = null;
  for (const [signal, status] of [["SIGTERM", 143] as const, ["SIGHUP", 129] as const]) {
    process.on(signal, () => {
      void (workbench?.close() ?? Promise.resolve()).finally(() => process.exit(status));
    });
  }
  try {
    command = readCommandLine(args);
    const { name } = command;
    const open: CommandRun["open"] = async (listeners) => {
      workbench = await openTerminalWorkbench(wantsOffline(args), listeners);
      await printNotices(workbench, terminal, told);
      return workbench;
    };
    const obeyed = obey(command, { terminal, cancelling: stopping, open });
    const status = await (atOnce.has(name) ? Promise.race([obeyed, aborted(stopping)]) : obeyed);
    const finished = await terminal.finish(status);
    return cancelling.signal.aborted ? 130 : finished;
  } catch (error) {
    if (cancelling.signal.aborted) return 130;
    if (!terminal.cut.aborted) terminal.fail(withCommand(toProblem(error), command));
    return await terminal.finish(error instanceof WorkbenchError && error.code === "usage" ? 2 : 1);
  } finally {
    const opened = workbench as Workbench | null;
    if (opened !== null) await printNotices(opened, terminal, told);
    await opened?.close();
  }
}

/** Adds the command to a usage error that was found only when the command ran. */
function withCommand(problem: Problem, command: Command | null): Problem {
  if (problem.code !== "usage" || command === null) return problem;
  return { ...problem, facts: { command: command.name, ...problem.facts } };
}

/** Prints new notices, such as settings that could not be read, on stderr. */
async function printNotices(workbench: Workbench, terminal: Terminal, told: Set<string>): Promise<void> {
  for (const { id, problem } of await workbench.call("notices.list", {})) {
    if (!told.has(id)) terminal.aside(`r1: ${failureLine(terminal.texts, problem)}\n`);
    told.add(id);
  }
}

async function aborted(signal: AbortSignal): Promise<number> {
  await new Promise((resolve) => signal.addEventListener("abort", resolve, { once: true }));
  return 130;
}

async function obey(command: Command, run: CommandRun): Promise<number> {
  const { terminal } = run;
  if (command.name === "help") {
    if (terminal.json) terminal.document(helpDocument(openTexts("en"), command.about));
    else terminal.write(helpText(terminal.texts, command.about));
    return 0;
  }
  if (command.name === "version") {
    if (terminal.json) terminal.document({ version: await version() });
    else terminal.write(`${await version()}\n`);
    return 0;
  }
  // The name ties a command to the function that runs it; TypeScript cannot follow that.
  return (commands[command.name] as (command: Command, run: CommandRun) => Promise<number>)(command, run);
}

async function version(): Promise<string> {
  const manifest = JSON.parse(await readFile(join(import.meta.dirname, "..", "..", "package.json"), "utf8")) as {
    version: string;
  };
  return manifest.version;
}
