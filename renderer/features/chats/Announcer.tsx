import type { Message } from "../../../electron/contract/chats.ts";
import { useRuns } from "../../stores/useStores.ts";
import { useFigures, useSay } from "../../texts.ts";

export interface AnnouncerProps {
  chatId: string;
  last: Message | undefined;
}

/** Announces the stages of a reply to screen readers, and its speed at the end, but not its text as it streams. */
export function Announcer({ chatId, last }: AnnouncerProps) {
  const run = useRuns(({ byChat }) => byChat[chatId]);
  const say = useSay("chats");
  const figures = useFigures();
  let words = "";
  if (run?.stage.stage === "thinking") words = say("thought.running");
  else if (run?.stage.stage === "answering") {
    const { thoughtMs, thoughtTokens } = run.live;
    words =
      thoughtTokens === 0
        ? say("conversation.answering")
        : say("conversation.thoughtFinished", { time: figures.seconds(thoughtMs) });
  } else if (run === undefined && last?.role === "assistant") words = endOf(last);
  return <output className="visually-hidden">{words}</output>;

  function endOf({ state, stats }: Message): string {
    if (state !== "done") return state === "stopped" ? say("conversation.stopped") : "";
    const speed = stats?.tokensPerSecond ?? null;
    return speed === null
      ? say("conversation.complete")
      : say("conversation.completeAt", { speed: figures.speed(speed) });
  }
}
