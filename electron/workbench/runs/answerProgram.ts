import type { ReplyStats } from "../../contract/chats.ts";
import type { ReplySoFar } from "../../contract/engineProtocol.ts";
import { WorkbenchError } from "../../contract/errors.ts";
import type { WrittenReply } from "../engines/Session.ts";
import { joinFigures } from "./joinFigures.ts";
import { type ReplyRequest, type ReplyRooms, writeReply } from "./writeReply.ts";

export type ProgramRequest = Omit<ReplyRequest, "purpose" | "soFar" | "chatId" | "onWritten">;

/**
 * Writes a reply for a program. It gives way to a person within half a second, and goes on afterwards from what was
 * written. An answer with a form is finished first once it has begun. Resolves and rejects as `writeReply` does.
 */
export async function answerProgram(rooms: ReplyRooms, request: ProgramRequest): Promise<WrittenReply> {
  const { form, maxTokens, signal, onPiece } = request;
  const texts = { thought: "", answer: "" };
  let before: ReplyStats | null = null;
  for (;;) {
    let last: ReplyStats | null = null;
    try {
      const { outcome, stats } = await writeReply(rooms, {
        ...rest(request, texts, before),
        purpose: "api",
        onPiece(part, text, keepTurn) {
          // What conforms so far is only known while it is being written. If the turn is lost already, the answer is not begun.
          if (form !== undefined && part === "answer" && !keepTurn()) return;
          texts[part] += text;
          onPiece(part, text, keepTurn);
        },
        onWritten: (written) => {
          last = written.stats;
        },
      });
      return { outcome, stats: stats === null ? before : joinFigures(before, stats) };
    } catch (error) {
      if (!hasGivenWay(error)) throw error;
      if (last !== null && texts.thought + texts.answer !== "") before = joinFigures<ReplyStats>(before, last);
      if (signal.aborted) return { outcome: "stopped", stats: before };
      if (before !== null && maxTokens !== null && tokensOf(before) >= maxTokens) {
        return { outcome: "done", stats: { ...before, stopReason: "maxTokens" } };
      }
    }
  }
}

const hasGivenWay = (error: unknown): boolean => error instanceof WorkbenchError && error.code === "engine-busy";

const tokensOf = ({ thoughtTokens, answerTokens }: ReplyStats): number => thoughtTokens + answerTokens;

/** Returns what is still to be written. `before`: the figures of what was. */
function rest(
  request: ProgramRequest,
  texts: ReplySoFar & { thought: string },
  before: ReplyStats | null,
): ReplyRequest {
  if (before === null) return request;
  const { plainText, thinking, maxTokens } = request;
  const left = maxTokens === null ? null : maxTokens - tokensOf(before);
  if (plainText !== undefined)
    return { ...request, maxTokens: left, plainText: plainText + texts.thought + texts.answer };
  const hasThought = thinking === "on" || texts.thought !== "";
  return { ...request, maxTokens: left, soFar: { thought: hasThought ? texts.thought : null, answer: texts.answer } };
}
