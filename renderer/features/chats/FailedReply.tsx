import type { ReactNode } from "react";
import type { Message } from "../../../electron/contract/chats.ts";
import type { ErrorCode, Problem } from "../../../electron/contract/errors.ts";
import { runAction } from "../../app/actions.ts";
import { ProblemNotice } from "../../parts/ProblemNotice.tsx";
import { useComposer, useConversation, useEngine } from "../../stores/useStores.ts";
import { useSay } from "../../texts.ts";
import { AgainButton } from "./AgainButton.tsx";
import { useChangeGate } from "./changeGate.ts";

/** Trying again cannot help: the model is not there, or cannot be used. */
const withModel = new Set<ErrorCode>([
  "model-not-found",
  "model-file-missing",
  "model-file-empty",
  "model-file-unreadable",
  "model-is-folder",
  "model-not-gguf",
  "model-not-chat",
  "model-version-unsupported",
  "model-architecture-unsupported",
  "model-truncated",
  "model-header-invalid",
  "model-too-large",
  "model-changed",
  "model-load-failed",
  "model-template-failed",
  "model-crashed-engine",
]);
/** The model can be downloaded, or downloaded again. */
const missing = new Set<ErrorCode>(["model-not-found", "model-file-missing", "model-truncated", "model-changed"]);
/** The engine has to be started first. */
const withEngine = new Set<ErrorCode>(["engine-gave-up", "engine-start-failed"]);

/** What their texts advise is what the button does. */
const withButton = new Set<ErrorCode>(["engine-down", "engine-hung", "prompt-too-long"]);

export interface FailedReplyProps {
  message: Message;
  problem: Problem;
  isLast: boolean;
}

/** Why a reply failed, what is safe, and what helps. */
export function FailedReply({ message, problem, isLast }: FailedReplyProps) {
  const say = useSay("chats");
  const hasText = message.text !== "" || message.thought !== null;
  const again = <AgainButton message={message} isLast={isLast} />;
  let actions: ReactNode = again;
  if (withModel.has(problem.code)) actions = <ModelButtons problem={problem}>{again}</ModelButtons>;
  else if (problem.code === "prompt-too-long") actions = <ShortenButton message={message} />;
  else if (withEngine.has(problem.code)) actions = <RestartButton message={message} />;
  return (
    <div className="reply-problem">
      <ProblemNotice
        problem={problem}
        safe={say(hasText ? "outcome.textSafe" : "outcome.messageSafe")}
        next={withButton.has(problem.code) ? "" : undefined}
      >
        {actions}
      </ProblemNotice>
    </div>
  );
}

function ModelButtons({ problem, children }: { problem: Problem; children: ReactNode }) {
  const say = useSay("chats");
  return (
    <>
      <button type="button" className="text-button" onClick={() => runAction("chooseModel")}>
        {say("outcome.chooseModel")}
      </button>
      {missing.has(problem.code) && (
        <a className="text-button" href="#/models">
          {say("outcome.getModel")}
        </a>
      )}
      {children}
    </>
  );
}

function ShortenButton({ message: { parentId } }: Pick<FailedReplyProps, "message">) {
  const say = useSay("chats");
  const edit = useComposer((state) => state.edit);
  return (
    <button
      type="button"
      className="text-button"
      ref={useChangeGate(parentId === null)}
      onClick={() => parentId !== null && void edit(parentId)}
    >
      {say("contextFull.shorten")}
    </button>
  );
}

function RestartButton({ message }: Pick<FailedReplyProps, "message">) {
  const say = useSay("chats");
  const start = useEngine((state) => state.start);
  const regenerate = useConversation((state) => state.regenerate);
  return (
    <button
      type="button"
      className="text-button"
      ref={useChangeGate()}
      onClick={() => void start().then(() => regenerate(message.id))}
    >
      {say("outcome.restartEngine")}
    </button>
  );
}
