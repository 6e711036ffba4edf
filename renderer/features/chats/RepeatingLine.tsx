import { useConversation } from "../../stores/useStores.ts";
import { useSay } from "../../texts.ts";
import { ReplyNote } from "./ReplyNote.tsx";
import { SkipThinking } from "./SkipThinking.tsx";

export interface RepeatingLineProps {
  isThinking: boolean;
  /** Whether its thought can be ended, so that the answer follows. */
  canSkip: boolean;
}

/** Says that the reply repeats itself and offers to end it. Nothing is ended by itself. */
export function RepeatingLine({ isThinking, canSkip }: RepeatingLineProps) {
  const say = useSay("chats");
  const stop = useConversation((state) => state.stop);
  return (
    <ReplyNote
      isAlert
      action={
        <>
          {isThinking && canSkip && <SkipThinking hindrance={null} />}
          <button type="button" className="text-button" onClick={() => void stop()}>
            {say("thought.end")}
          </button>
        </>
      }
    >
      {say("thought.repeating")}
    </ReplyNote>
  );
}
