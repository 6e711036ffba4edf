import { ChevronLeft, ChevronRight } from "lucide-react";
import type { Message } from "../../../electron/contract/chats.ts";
import { IconButton } from "../../parts/IconButton.tsx";
import { useConversation } from "../../stores/useStores.ts";
import { useSay } from "../../texts.ts";

/** ‹ 1/2 ›, to switch between the versions of a message. */
export function VersionSwitch({ version, canChange }: Pick<Message, "version"> & { canChange: boolean }) {
  const say = useSay("chats");
  const selectVersion = useConversation((state) => state.selectVersion);
  const { index, count, ids } = version;
  if (count < 2) return null;
  const before = ids[index - 2];
  const after = ids[index];
  return (
    <span className="versions">
      <IconButton
        small
        label={say("conversation.previousVersion")}
        disabled={!canChange || before === undefined}
        onClick={() => before !== undefined && void selectVersion(before)}
      >
        <ChevronLeft size={16} aria-hidden />
      </IconButton>
      <span className="figure">
        {index}/{count}
      </span>
      <IconButton
        small
        label={say("conversation.nextVersion")}
        disabled={!canChange || after === undefined}
        onClick={() => after !== undefined && void selectVersion(after)}
      >
        <ChevronRight size={16} aria-hidden />
      </IconButton>
    </span>
  );
}
