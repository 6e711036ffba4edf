import { ChevronLeft, ChevronRight } from "lucide-react";
import type { Message } from "../../../electron/contract/chats.ts";
import { useConversation } from "../../stores/useStores.ts";
import { useSay } from "../../texts.ts";
import { ChangeButton } from "./ChangeButton.tsx";

/** ‹ 1/2 ›, to switch between the versions of a message. */
export function VersionSwitch({ version }: Pick<Message, "version">) {
  const say = useSay("chats");
  const selectVersion = useConversation((state) => state.selectVersion);
  const { index, count, ids } = version;
  if (count < 2) return null;
  const before = ids[index - 2];
  const after = ids[index];
  return (
    <span className="versions">
      <ChangeButton
        label={say("conversation.previousVersion")}
        disabled={before === undefined}
        onClick={() => before !== undefined && void selectVersion(before)}
      >
        <ChevronLeft size={16} aria-hidden />
      </ChangeButton>
      <span className="figure">
        {index}/{count}
      </span>
      <ChangeButton
        label={say("conversation.nextVersion")}
        disabled={after === undefined}
        onClick={() => after !== undefined && void selectVersion(after)}
      >
        <ChevronRight size={16} aria-hidden />
      </ChangeButton>
    </span>
  );
}
