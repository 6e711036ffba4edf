import { useConversation } from "../../stores/useStores.ts";
import { useSay } from "../../texts.ts";

/** Marks in the chat that the messages above are no longer sent to the model. */
export function LeftOutLine({ canChange }: { canChange: boolean }) {
  const say = useSay("chats");
  const configure = useConversation((state) => state.configure);
  return (
    <div className="left-out-line" role="note">
      <span>{say("leftOut.above")}</span>
      <button
        type="button"
        className="text-button"
        disabled={!canChange}
        onClick={() => void configure({ promptFrom: null })}
      >
        {say("leftOut.sendAgain")}
      </button>
    </div>
  );
}
