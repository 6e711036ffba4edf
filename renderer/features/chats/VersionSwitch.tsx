import { ChevronLeft, ChevronRight } from "lucide-react";
import type { Message } from "../../../electron/contract/chats.ts";
import { useBranches, useConversation } from "../../stores/useStores.ts";
import { useSay } from "../../texts.ts";
import { ChangeButton } from "./ChangeButton.tsx";

/** ‹ 1/2 ›, to switch between the versions of a message. */
export function VersionSwitch({ version }: Pick<Message, "version">) {
  const say = useSay("chats");
  const openId = useConversation((state) => state.openId);
  const show = useBranches((state) => state.show);
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
      <button
        type="button"
        className="text-button figure"
        aria-label={say("branches.showAt", { index, count })}
        title={say("branches.title")}
        onClick={() => openId !== null && show(openId)}
      >
        {index}/{count}
      </button>
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
