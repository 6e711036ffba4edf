import { useConversation } from "../../stores/useStores.ts";
import { useSay } from "../../texts.ts";

/** Ends the thought that is being written, so that the answer follows. `hindrance`: why that cannot be done; null: it can. */
export function SkipThinking({ hindrance }: { hindrance: string | null }) {
  const say = useSay("chats");
  const skipThought = useConversation((state) => state.skipThought);
  return (
    <button
      type="button"
      className="text-button thought-skip"
      disabled={hindrance !== null}
      title={hindrance ?? say("thought.skipHint")}
      onClick={() => void skipThought()}
    >
      {say("thought.skip")}
    </button>
  );
}
