import { useConversation } from "../../stores/useStores.ts";
import { useSay } from "../../texts.ts";
import { ReplyNote } from "./ReplyNote.tsx";
import { SkipThinking } from "./SkipThinking.tsx";

export interface RepeatingLineProps {
  isThinking: boolean;
  isR1: boolean;
}

/** Says that the reply repeats itself and offers to end it. Nothing is ended by itself. */
export function RepeatingLine({ isThinking, isR1 }: RepeatingLineProps) {
  const say = useSay("chats");
  const stop = useConversation((state) => state.stop);
  return (
    <ReplyNote
      isAlert
      action={
        <>
          {isThinking && isR1 && <SkipThinking isR1 />}
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
