import type { ReplyStats } from "../../contract/chats.ts";
import type { PromptMessage } from "../../contract/engineProtocol.ts";
import { WorkbenchError } from "../../contract/errors.ts";
import type { CommandOf } from "../commandLine.ts";
import type { CommandRun } from "../CommandRun.ts";
import { interactiveChat } from "../interactiveChat.ts";
import { modelIdOf } from "../modelIdOf.ts";
import { readDocuments } from "../readDocuments.ts";
import { readMessages } from "../readMessages.ts";
import { readPipedText, readStdin } from "../readText.ts";
import { ReplyPrinter } from "../ReplyPrinter.ts";
import { shownAnswer } from "../../contract/shownAnswer.ts";
import { speedLine } from "../speedLine.ts";
import { fileMessage } from "../../workbench/documents/fileMessage.ts";
import type { Terminal } from "../Terminal.ts";

const exampleQuestion = "What is 17 + 25?";
/** When `npm start` has no display, stdin may be a pipe that never receives anything. */
const stdinWithinMs = 2000;

/** `r1 chat`: one reply, or a chat if stdin and stdout are a terminal. Returns the exit status. */
export async function chat(command: CommandOf<"chat">, run: CommandRun): Promise<number> {
  const { terminal, cancelling } = run;
  if (command.notice !== null) process.stderr.write(`${command.notice}\n`);
  const asked = command.prompt !== null || command.messagesFile !== null || command.files.length > 0;
  if (!asked && terminal.isInteractive) return interactiveChat(command, run);
  const messages = await readConversation(command, terminal, cancelling);
  if (cancelling.aborted) return 130;
  return reply(command, messages, run);
}

async function readConversation(
  command: CommandOf<"chat">,
  terminal: Terminal,
  signal: AbortSignal,
): Promise<PromptMessage[]> {
  if (command.messagesFile !== null) return readMessages(command.messagesFile, "chat", signal);
  let { prompt } = command;
  if (prompt !== null && prompt.trim() !== "") {
    const piped = await readPipedText(signal);
    if (piped.trim() !== "") prompt = `${prompt}\n\n${piped}`;
  } else if (prompt === null) {
    prompt = await readStdin({ signal, firstByteWithinMs: command.notice === null ? null : stdinWithinMs });
    if (prompt === "" && command.notice !== null) {
      prompt = exampleQuestion;
      terminal.aside(`${terminal.texts.say("cli:chat.you", { prompt })}\n`);
    }
  }
  if (signal.aborted) return [];
  if (prompt.trim() === "") throw new WorkbenchError("prompt-empty");
  const files = await readDocuments(command.files, command.pages, signal);
  return [{ role: "user", content: fileMessage(files, prompt) }];
}

async function reply(command: CommandOf<"chat">, messages: PromptMessage[], run: CommandRun): Promise<number> {
  const { terminal, cancelling: signal } = run;
  const workbench = await run.open();
  const printer = new ReplyPrinter(terminal);
  const written = { thought: null as string | null, answer: "" };
  let model = await modelIdOf(workbench, command.model);
  const { outcome, stats } = await workbench
    .answer({
      modelId: model,
      messages,
      thinking: command.think ? "on" : "off",
      wishes: { seed: command.seed, temperature: command.temperature },
      maxTokens: command.maxTokens,
      thoughtLimit: {
        tokens: command.maxThoughtTokens,
        ms: command.maxThoughtSeconds === null ? null : command.maxThoughtSeconds * 1000,
      },
      signal,
      onModel: ({ id }) => {
        model = id;
      },
      onStage: (stage) => printer.stage(stage),
      onPiece(part, text) {
        if (part === "thought") written.thought = (written.thought ?? "") + text;
        else written.answer += text;
        if (!terminal.json) printer.piece(part, text);
      },
    })
    .finally(() => printer.end());
  if (terminal.json) terminal.document({ model, ...written, answer: shownAnswer(written.answer), ...figures(stats) });
  else if (stats !== null && !terminal.cut.aborted) terminal.aside(`${speedLine(terminal.texts, stats)}\n`);
  return outcome === "stopped" ? 130 : 0;
}

/** `stats` is null if the reply was stopped before the first token. */
function figures(stats: ReplyStats | null) {
  return {
    stopReason: stats?.stopReason ?? "stopped",
    promptTokens: stats?.promptTokens ?? 0,
    cachedTokens: stats?.cachedTokens ?? 0,
    thoughtTokens: stats?.thoughtTokens ?? 0,
    ...(stats?.thoughtCut && { thoughtCut: stats.thoughtCut }),
    answerTokens: stats?.answerTokens ?? 0,
    ttftMs: stats?.ttftMs ?? null,
    prefillTokensPerSecond: stats?.prefillTokensPerSecond ?? null,
    tokensPerSecond: stats?.tokensPerSecond ?? null,
  };
}
