import { Menu } from "@base-ui/react/menu";
import { Ellipsis, RefreshCw } from "lucide-react";
import type { Message } from "../../../electron/contract/chats.ts";
import { shownAnswer } from "../../../electron/contract/shownAnswer.ts";
import { IconButton } from "../../parts/IconButton.tsx";
import { useConversation } from "../../stores/useStores.ts";
import { useSay } from "../../texts.ts";
import { ChangeButton } from "./ChangeButton.tsx";
import { CopyButton } from "./CopyButton.tsx";
import { focusComposer } from "./focusComposer.ts";
import { replyMenu } from "./replyPopups.ts";
import { VersionSwitch } from "./VersionSwitch.tsx";

/** What can be done with a reply that has ended. Faint until the pointer or the focus is in it, except for the last. */
export function ReplyActions({ message }: { message: Message }) {
  const say = useSay("chats");
  const regenerate = useConversation((state) => state.regenerate);
  return (
    <div className="reply-actions">
      <VersionSwitch version={message.version} />
      <CopyButton
        label={say("actions.copy")}
        tip={say("actions.copyHint")}
        text={() => shownAnswer(message.text)}
        disabled={message.text.trim() === ""}
      />
      <ChangeButton
        label={say("actions.regenerate")}
        tip={say("actions.regenerateHint")}
        onClick={() => {
          focusComposer();
          void regenerate(message.id);
        }}
      >
        <RefreshCw size={16} aria-hidden />
      </ChangeButton>
      <Menu.Trigger
        handle={replyMenu}
        payload={{ message }}
        render={
          <IconButton small label={say("actions.more")}>
            <Ellipsis size={16} aria-hidden />
          </IconButton>
        }
      />
    </div>
  );
}
