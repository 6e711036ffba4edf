import { Menu } from "@base-ui/react/menu";
import { Popover } from "@base-ui/react/popover";
import type { Conversation } from "../../../electron/contract/chats.ts";
import { useRuns } from "../../stores/useStores.ts";
import { useSay } from "../../texts.ts";
import { ReplyMenu } from "./ReplyMenu.tsx";
import { replyMenu, speedPopover } from "./replyPopups.ts";
import { SpeedOfReply } from "./SpeedOfReply.tsx";

/** The menu and the popover of whichever reply they are opened from. */
export function ReplyPopups({ conversation: { chat, messages } }: { conversation: Conversation }) {
  const say = useSay("chats");
  const run = useRuns(({ byChat }) => byChat[chat.id]);
  return (
    <>
      <Menu.Root handle={replyMenu}>
        {({ payload }) => (
          <Menu.Portal>
            <Menu.Positioner className="floating" side="bottom" align="end" sideOffset={4} collisionPadding={8}>
              <Menu.Popup className="menu reply-menu">
                {payload !== undefined && <ReplyMenu {...payload} chatTitle={chat.title} />}
              </Menu.Popup>
            </Menu.Positioner>
          </Menu.Portal>
        )}
      </Menu.Root>
      <Popover.Root handle={speedPopover}>
        {({ payload }) => {
          const figures =
            run?.message.id === payload?.messageId
              ? run?.live
              : messages.find(({ id }) => id === payload?.messageId)?.stats;
          return (
            <Popover.Portal>
              <Popover.Positioner className="floating" side="top" align="start" sideOffset={4} collisionPadding={8}>
                <Popover.Popup className="popover speed-popover" aria-label={say("speed.course")}>
                  {figures && <SpeedOfReply figures={figures} />}
                </Popover.Popup>
              </Popover.Positioner>
            </Popover.Portal>
          );
        }}
      </Popover.Root>
    </>
  );
}
