import { useContextRoom, useConversation } from "../../stores/useStores.ts";
import { useSay } from "../../texts.ts";
import { useChangeGate } from "./changeGate.ts";

/** Has the model summarize the oldest messages, and goes on in the same chat. How far it is, is shown beside it. */
export function SummarizeHereButton({ onDone }: { onDone: () => void }) {
  const say = useSay("chats");
  const gate = useChangeGate();
  const chatId = useConversation((state) => state.openId);
  const isSummarizing = useContextRoom(({ summaries }) => chatId !== null && summaries[chatId] !== undefined);
  const summarizeHere = useContextRoom((state) => state.summarizeHere);
  if (isSummarizing) return null;
  return (
    <button
      type="button"
      className="button"
      ref={gate}
      onClick={() => void summarizeHere().then((hasRoom) => (hasRoom ? onDone() : undefined))}
    >
      {say("contextFull.condense")}
    </button>
  );
}
