import type { ReplyStats } from "../../contract/chats.ts";
import type { PageRange } from "../../contract/documents.ts";
import type { PromptMessage } from "../../contract/engineProtocol.ts";
import { toProblem, WorkbenchError } from "../../contract/errors.ts";
import { serverOf, writtenAt } from "../../contract/modelKinds.ts";
import type { WrittenAt } from "../../contract/servers.ts";
import type { CommandOf } from "../commandLine.ts";
import type { CommandRun } from "../CommandRun.ts";
import { interactiveChat } from "../interactiveChat.ts";
import { modelIdOf } from "../modelIdOf.ts";
import { type NamedDocument, readDocuments, wholeFiles } from "../readDocuments.ts";
import { readMessages } from "../readMessages.ts";
import { readPipedText, readStdin } from "../readText.ts";
import { ReplyPrinter } from "../ReplyPrinter.ts";
import { searchDocuments, type SentPassage } from "../searchDocuments.ts";
import { shownAnswer } from "../../contract/shownAnswer.ts";
import { speedLine } from "../speedLine.ts";
import { chosenParts } from "../../workbench/documents/chosenParts.ts";
import { fileMessage } from "../../workbench/documents/fileMessage.ts";
import type { Terminal } from "../Terminal.ts";
import { terminalText } from "../terminalText.ts";
import { writtenOn } from "../writtenOn.ts";
import type { Workbench } from "../../workbench/workbench.ts";

const exampleQuestion = "What is 17 + 25?";
/** When `npm start` has no display, stdin may be a pipe that never receives anything. */
const stdinWithinMs = 2000;

/** `r1 chat`: one reply, or a chat if stdin and stdout are a terminal. Returns the exit status. */
export async function chat(command: CommandOf<"chat">, run: CommandRun): Promise<number> {
  const { terminal, cancelling } = run;
  if (command.notice !== null) process.stderr.write(`${command.notice}\n`);
  const isAsked = command.prompt !== null || command.messagesFile !== null || command.files.length > 0;
  if (!isAsked && terminal.isInteractive) return interactiveChat(command, run);
  const asked = await readConversation(command, terminal, cancelling);
  if (cancelling.aborted) return 130;
  return reply(command, asked, run);
}

/** What is asked: messages, or a question about documents that are searched for it. */
type Asked = PromptMessage[] | { documents: NamedDocument[]; question: string; pages: PageRange[] | null };

async function readConversation(command: CommandOf<"chat">, terminal: Terminal, signal: AbortSignal): Promise<Asked> {
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
  const documents = await readDocuments(command.files, signal);
  if (!terminal.json) {
    for (const document of documents) terminal.aside(pagesWithoutText(document, command.pages, terminal));
  }
  if (command.search) return { documents, question: prompt, pages: command.pages };
  return [{ role: "user", content: fileMessage(wholeFiles(documents, command.pages), prompt) }];
}

/**
 * Returns a line that says how many of the chosen pages of a document have no text, as scanned ones; empty if all have.
 * Throws `pages-not-there`.
 */
function pagesWithoutText(
  { name, document: { unit, parts } }: NamedDocument,
  pages: PageRange[] | null,
  { texts }: Terminal,
): string {
  if (unit !== "page") return "";
  const chosen = chosenParts({ name, unit, parts: parts.length }, pages);
  const count = chosen.filter((number) => parts[number - 1] === "").length;
  return count === 0 ? "" : `${texts.say("cli:chat.pagesWithoutText", { name, count, pages: chosen.length })}\n`;
}

/** Returns the messages for the model, with the passages that were found for the question; null if none were to be. */
async function found(
  asked: Asked,
  workbench: Workbench,
  { modelId, command, signal }: { modelId: string | null; command: CommandOf<"chat">; signal: AbortSignal },
): Promise<{ messages: PromptMessage[]; passages: SentPassage[] | null }> {
  if (Array.isArray(asked)) return { messages: asked, passages: null };
  return await searchDocuments(asked.documents, asked, (messages) =>
    workbench.promptSize(modelId, { messages, thinking: command.think ? "on" : "off" }, signal),
  );
}

async function reply(command: CommandOf<"chat">, asked: Asked, run: CommandRun): Promise<number> {
  const { terminal, cancelling: signal } = run;
  const workbench = await run.open();
  const printer = new ReplyPrinter(terminal);
  const written = { thought: null as string | null, answer: "" };
  let model = await modelIdOf(workbench, command.model);
  let server: WrittenAt | null = null;
  const { messages, passages } = await found(asked, workbench, { modelId: model, command, signal });
  const shown = () => ({
    model,
    ...written,
    answer: shownAnswer(written.answer),
    ...(server !== null && { server }),
  });
  const reply = await workbench
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
      onModel(answering) {
        model = answering.id;
        const source = serverOf(answering);
        server = source === null ? null : writtenAt(source);
      },
      onStage: (stage) => printer.stage(stage),
      onPiece(part, text) {
        if (part === "thought") written.thought = (written.thought ?? "") + text;
        else written.answer += text;
        if (!terminal.json) printer.piece(part, text);
      },
    })
    .finally(() => printer.end())
    .catch((error: unknown) => {
      const isTooLong = toProblem(error).code === "context-exceeded" && command.files.length > 0;
      if (isTooLong && !command.search && !terminal.json) {
        terminal.aside(`${terminal.texts.say("cli:chat.searchInstead")}\n`);
      }
      const hasText = written.thought !== null || written.answer !== "";
      if (hasText && server !== null && !terminal.json) terminal.aside(writtenOn(server, terminal));
      if (!hasText || !terminal.json) throw error;
      terminal.fail(toProblem(error), shown());
      return null;
    });
  if (reply === null) return 1;
  const { outcome, stats } = reply;
  if (!terminal.json && !terminal.cut.aborted) for (const each of passages ?? []) terminal.aside(named(each, terminal));
  if (terminal.json) terminal.document({ ...shown(), ...figures(stats), ...(passages && { passages }) });
  else if (stats !== null && !terminal.cut.aborted) {
    terminal.aside(`${speedLine(terminal.texts, stats)}\n`);
    if (server !== null) terminal.aside(writtenOn(server, terminal));
  }
  return outcome === "stopped" ? 130 : 0;
}

function named({ number, name, unit, part }: SentPassage, { texts: { say } }: Terminal): string {
  const key = unit === null ? "passage" : unit === "page" ? "passagePage" : "passageChapter";
  return `${say(`chats:documents.${key}`, { number, name: terminalText(name), part })}\n`;
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
