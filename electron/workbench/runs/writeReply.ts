import type { PromptMessage, ReplySoFar, ThoughtLimit } from "../../contract/engineProtocol.ts";
import type { Thinking } from "../../contract/chats.ts";
import type { Model } from "../../contract/models.ts";
import type { LiveReply, RunStage } from "../../contract/runs.ts";
import type { KeepTurn } from "../engines/EngineTurns.ts";
import type { Engines } from "../engines/openEngines.ts";
import type { SamplingWishes } from "../engines/sampling.ts";
import type { AnswerForm, WrittenReply } from "../engines/Session.ts";
import type { Library } from "../models/library.ts";

/** What a reply needs from the other rooms. */
export interface ReplyRooms {
  engines: Pick<Engines, "use">;
  library: Pick<Library, "answeringFile" | "answeringServer">;
}

export interface ReplyRequest {
  /** Whether a program or a person waits for it. Left out: a person, who comes first. See `answerProgram`. */
  purpose?: "reply" | "api";
  /** The chat that it belongs to. Null or left out if there is none. */
  chatId?: string | null;
  /** Null or the id of a missing model stands for the default model for new chats. */
  modelId: string | null;
  messages: PromptMessage[];
  thinking: Thinking;
  /** The beginning of the reply, if it is continued. Pieces and figures are those of the rest. */
  soFar?: ReplySoFar | undefined;
  /** See `PromptParams`. */
  plainText?: string | undefined;
  /** See `SessionReply`. */
  form?: AnswerForm | undefined;
  wishes?: SamplingWishes;
  /** Null means no limit: until the model ends or the context is full. */
  maxTokens: number | null;
  /** Left out: as long as the model thinks. */
  thoughtLimit?: ThoughtLimit | undefined;
  signal: AbortSignal;
  /** Aborting ends the thought. The answer follows. */
  skipThought?: AbortSignal;
  onStage: (stage: RunStage) => void;
  onPiece: (part: "thought" | "answer", text: string, keepTurn: KeepTurn) => void;
  onLive?: (live: LiveReply) => void;
  onModel?: (model: Model) => void;
  /** Called with what was written when its turn ends, also if it had to give way. */
  onWritten?: (written: WrittenReply) => void;
}

/**
 * Writes one reply. All tokens are passed to `onPiece` before this resolves. Being stopped is an outcome and not an
 * error. Rejects with a `WorkbenchError`.
 */
export async function writeReply({ engines, library }: ReplyRooms, request: ReplyRequest): Promise<WrittenReply> {
  const { chatId: chat = null, modelId, messages, thinking, soFar, wishes, maxTokens, onStage, onPiece } = request;
  const { purpose = "reply", plainText, form, thoughtLimit, skipThought } = request;
  let part: "thought" | "answer" | null = null;
  const told = (answering: Model): Model => {
    request.onModel?.(answering);
    return answering;
  };
  // A server's model takes no turn of this machine's engine. Another one may have been deleted until its turn comes.
  const onServer = await library.answeringServer(modelId);
  const written = await engines.use(
    onServer === null ? async () => told(await library.answeringFile(modelId)) : told(onServer),
    purpose,
    request.signal,
    async (session, keepTurn) => {
      const reply = await session.reply({
        chat,
        messages,
        thinking,
        soFar,
        plainText,
        form,
        wishes,
        maxTokens,
        thoughtLimit,
        skipThought,
        onEvent(event) {
          if (event.kind === "reading") {
            const { kind: stage, ...progress } = event;
            return onStage({ stage, ...progress });
          }
          if (event.kind === "live") return request.onLive?.(event.live);
          if (event.part !== part) {
            part = event.part;
            onStage({ stage: part === "thought" ? "thinking" : "answering" });
          }
          onPiece(event.part, event.text, keepTurn);
        },
      });
      request.onWritten?.(reply);
      return reply;
    },
    (progress) => onStage({ stage: "loading", ...progress }),
  );
  return written ?? { outcome: "stopped", stats: null };
}
