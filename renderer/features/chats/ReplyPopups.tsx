import { Menu } from "@base-ui/react/menu";
import { Popover } from "@base-ui/react/popover";
import type { Conversation } from "../../../electron/contract/chats.ts";
import { useRuns } from "../../stores/useStores.ts";
import { useSay } from "../../texts.ts";
import { ReplyMenu } from "./ReplyMenu.tsx";
import { replyMenu, speedPopover } from "./replyPopups.ts";
import { SpeedOfReply } from "./SpeedOfReply.tsx";

export interface ReplyPopupsProps {
  conversation: Conversation;
  /** False while a reply in this chat is being written. */
  canChange: boolean;
}

/** The menu and the popover of whichever reply they are opened from. */
export function ReplyPopups({ conversation: { chat, messages }, canChange }: ReplyPopupsProps) {
  const say = useSay("chats");
  return (
    <>
      <Menu.Root handle={replyMenu}>
        {({ payload }) => (
          <Menu.Portal>
            <Menu.Positioner className="floating" side="bottom" align="end" sideOffset={4} collisionPadding={8}>
              <Menu.Popup className="menu reply-menu">
                {payload !== undefined && <ReplyMenu {...payload} canChange={canChange} chatTitle={chat.title} />}
              </Menu.Popup>
            </Menu.Positioner>
          </Menu.Portal>
        )}
      </Menu.Root>
      <Popover.Root handle={speedPopover}>
        {({ payload }) => (
          <Popover.Portal>
            <Popover.Positioner className="floating" side="top" align="start" sideOffset={4} collisionPadding={8}>
              <Popover.Popup className="popover speed-popover" aria-label={say("speed.course")}>
                {payload !== undefined && <Speed chatId={chat.id} messageId={payload.messageId} messages={messages} />}
              </Popover.Popup>
            </Popover.Positioner>
          </Popover.Portal>
        )}
      </Popover.Root>
    </>
  );
}

interface SpeedProps extends Pick<Conversation, "messages"> {
  chatId: string;
  messageId: string;
}

/** The figures of a reply as they are now. */
function Speed({ chatId, messageId, messages }: SpeedProps) {
  const live = useRuns(({ byChat }) => (byChat[chatId]?.message.id === messageId ? byChat[chatId].live : undefined));
  const figures = live ?? messages.find(({ id }) => id === messageId)?.stats;
  return figures && <SpeedOfReply figures={figures} />;
}
