import { useConversation } from "../../stores/useStores.ts";
import { useSay } from "../../texts.ts";

/** Ends the thought that is being written, so that the answer follows. Only R1 writes an answer after that. */
export function SkipThinking({ isR1 }: { isR1: boolean }) {
  const say = useSay("chats");
  const skipThought = useConversation((state) => state.skipThought);
  return (
    <button
      type="button"
      className="text-button thought-skip"
      disabled={!isR1}
      title={say(isR1 ? "thought.skipHint" : "thought.skipNeedsR1")}
      onClick={() => void skipThought()}
    >
      {say("thought.skip")}
    </button>
  );
}
