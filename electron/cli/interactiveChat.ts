import type { Message, Thinking } from "../contract/chats.ts";
import { toProblem } from "../contract/errors.ts";
import { mostTokens, type ReplySettings } from "../contract/replySettings.ts";
import type { Texts } from "../texts/texts.ts";
import type { Workbench } from "../workbench/workbench.ts";
import { columns } from "./columns.ts";
import type { CommandOf } from "./commandLine.ts";
import type { CommandRun } from "./CommandRun.ts";
import { openChats } from "./openChats.ts";
import { modelIdOf } from "./modelIdOf.ts";
import { ReplyPrinter } from "./ReplyPrinter.ts";
import { speedLine } from "./speedLine.ts";
import type { Terminal } from "./Terminal.ts";
import { TypedLines } from "./TypedLines.ts";
import { writtenOn } from "./writtenOn.ts";

const commands = [
  ["/new", "new"],
  ["/model [ID]", "model"],
  ["/think [on|off|auto]", "think"],
  ["/quit", "quit"],
  ["Ctrl+C", "interrupt"],
] as const;

interface TypedChat {
  workbench: Workbench;
  terminal: Terminal;
  /** Null until the first message: an empty chat is not kept. */
  chatId: string | null;
  modelId: string | null;
  /** Whether its chats are kept only in memory. */
  temporary: boolean;
  thinking: Thinking;
  replySettings: Partial<ReplySettings>;
  runId: string | null;
}

/**
 * A chat in the terminal. Unless it is temporary, it is kept, and also appears in the app's window. Returns the exit
 * status.
 */
export async function interactiveChat(command: CommandOf<"chat">, run: CommandRun): Promise<number> {
  const { terminal, cancelling: gone } = run;
  const workbench = await openChats(run, command.passphraseFile);
  const settings = await workbench.call("settings.get", {});
  const session: TypedChat = {
    workbench,
    terminal,
    chatId: null,
    modelId: await modelIdOf(workbench, command.model),
    temporary: command.temporary,
    thinking: command.think ? settings.defaultThinking : "off",
    replySettings: {
      seed: command.seed ?? null,
      temperature: command.temperature ?? null,
      maxTokens: command.maxTokens === null ? null : Math.min(command.maxTokens, mostTokens),
      thoughtTokens: command.maxThoughtTokens,
      thoughtSeconds: command.maxThoughtSeconds,
    },
    runId: null,
  };
  let interrupted = false;
  const lines = new TypedLines(() => {
    if (session.runId !== null) return void workbench.call("runs.stop", { runId: session.runId });
    interrupted = true;
    lines.end();
  });
  // Closing the terminal's window, or losing the connection to it.
  gone.addEventListener("abort", () => lines.end(), { once: true });
  terminal.aside(`${terminal.texts.say(command.temporary ? "cli:chat.welcomeTemporary" : "cli:chat.welcome")}\n`);
  try {
    for (;;) {
      const line = await lines.next();
      if (interrupted) return 130;
      if (line === null || line.trim() === "/quit") return 0;
      if (line.trim() !== "") await obey(session, line).catch((error: unknown) => terminal.fail(toProblem(error)));
    }
  } finally {
    lines.close();
  }
}

async function obey(session: TypedChat, line: string): Promise<void> {
  const { terminal, workbench } = session;
  const { say } = terminal.texts;
  // A pasted text is a message, whatever it begins with.
  if (line.includes("\n")) return send(session, line);
  const [word = "", ...rest] = line.trim().split(/\s+/);
  const argument = rest.join(" ");
  switch (word) {
    case "/help":
      return terminal.aside(chatHelp(terminal.texts));
    case "/new":
      session.chatId = null;
      return terminal.aside(`${say("cli:chat.newChat")}\n`);
    case "/model":
      return chooseModel(session, argument);
    case "/think":
      if (argument !== "on" && argument !== "off" && argument !== "auto") {
        const now = say(`cli:chat.thinking.${session.thinking}`);
        return terminal.aside(`${now} ${say("cli:chat.changeThinking")}\n`);
      }
      session.thinking = argument;
      if (session.chatId !== null) {
        await workbench.call("chats.configure", { chatId: session.chatId, thinking: argument });
      }
      return terminal.aside(`${say(`cli:chat.thinking.${argument}`)}\n`);
    default:
      if (/^\/[a-z]+$/.test(word)) {
        return terminal.aside(`${say("cli:chat.unknown", { command: word })}\n${chatHelp(terminal.texts)}`);
      }
      return send(session, line);
  }
}

const chatHelp = ({ say }: Pick<Texts, "say">): string =>
  columns(
    commands.map(([name, text]) => [name, say(`cli:chat.commands.${text}`)]),
    "  ",
  );

async function chooseModel(session: TypedChat, id: string): Promise<void> {
  const { terminal, workbench } = session;
  const { say } = terminal.texts;
  const models = await workbench.call("models.list", {});
  if (!models.some((model) => model.id === id)) {
    if (id !== "") terminal.aside(`${say("cli:chat.noModel", { id })}\n`);
    for (const model of models) terminal.aside(`${model.id === session.modelId ? "*" : " "} ${model.id}\n`);
    return;
  }
  session.modelId = id;
  if (session.chatId !== null) await workbench.call("chats.configure", { chatId: session.chatId, modelId: id });
  terminal.aside(`${say("cli:chat.model", { id })}\n`);
}

async function send(session: TypedChat, text: string): Promise<void> {
  const { workbench, terminal } = session;
  if (session.chatId === null) {
    const { id } = await workbench.call("chats.create", { modelId: session.modelId, temporary: session.temporary });
    const { thinking, replySettings } = session;
    await workbench.call("chats.configure", { chatId: id, thinking, replySettings });
    session.chatId = id;
  }
  const { runId } = await workbench.call("chats.send", { chatId: session.chatId, text });
  session.runId = runId;
  const printer = new ReplyPrinter(terminal);
  const message = await new Promise<Message>((resolve) => {
    workbench.attachRun(runId, (frame) => {
      if (frame.kind === "stage") printer.stage(frame.stage);
      else if (frame.kind === "delta") printer.piece(frame.part, frame.text);
      else if (frame.kind === "ended") resolve(frame.message);
      else if (frame.kind === "snapshot" && (frame.message.thought !== null || frame.message.text !== "")) {
        printer.piece("thought", frame.message.thought ?? "");
        printer.piece("answer", frame.message.text);
      }
    });
  });
  session.runId = null;
  printer.end();
  if (message.problem !== null) terminal.fail(message.problem);
  else if (message.stats !== null) terminal.aside(`${speedLine(terminal.texts, message.stats)}\n`);
  if (message.model?.server && (message.thought !== null || message.text !== "")) {
    terminal.aside(writtenOn(message.model.server, terminal));
  }
}
