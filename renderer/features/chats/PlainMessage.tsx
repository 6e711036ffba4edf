import type { ReactNode } from "react";
import type { Message } from "../../../electron/contract/chats.ts";
import type { LiveRun } from "../../stores/runs.ts";
import { type GrowingText, growingText, startOfWords } from "../../stores/growingText.ts";
import { useSay } from "../../texts.ts";
import { MessageDocuments } from "./MessageDocuments.tsx";
import { PlainText } from "./PlainText.tsx";
import { WrittenOn } from "./ReplyPlace.tsx";

export interface PlainMessageProps {
  message: Message;
  /** The run while the message is being written. */
  run: LiveRun | undefined;
  children?: ReactNode;
}

/** A message as plain text, for messages that cannot be displayed formatted. */
export function PlainMessage({ message, run, children }: PlainMessageProps) {
  const say = useSay("chats");
  const speaker = useSpeaker();
  const place = (run?.message.model ?? message.model)?.server;
  const { thought, answer } = plainParts(message, run);
  return (
    <article className="message plain-message" aria-label={speaker(message, run)}>
      <h2 className="plain-speaker">{speaker(message, run)}</h2>
      {place && (
        <p className="small quiet">
          <WrittenOn place={place} />
        </p>
      )}
      {message.attachments && <MessageDocuments attachments={message.attachments} />}
      {thought.length > 0 && (
        <>
          <h3 className="plain-part">{say("plain.thought")}</h3>
          <div className="plain-text" data-testid="thought" dir="auto">
            <PlainText text={thought} from={startOfWords(thought)} />
          </div>
          {answer.length > 0 && <h3 className="plain-part">{say("plain.answer")}</h3>}
        </>
      )}
      <div className="plain-text" data-testid={message.role === "assistant" ? "answer" : undefined} dir="auto">
        <PlainText text={answer} />
      </div>
      {children}
    </article>
  );
}

/** Returns a function that names a message's author: "You", or the model's name. */
export function useSpeaker(): (message: Message, run?: LiveRun) => string {
  const say = useSay("chats");
  return ({ role, model }, run) => {
    if (role === "user") return say("you");
    const name = (run?.message.model ?? model)?.name || say("reply");
    return model?.edited ? say("editedBy", { name }) : name;
  };
}

/** Returns the thought and the answer as written so far. */
export function plainParts(message: Message, run?: LiveRun): { thought: GrowingText; answer: GrowingText } {
  return run
    ? { thought: run.thought, answer: run.answer }
    : { thought: growingText(message.thought ?? ""), answer: growingText(message.text) };
}
