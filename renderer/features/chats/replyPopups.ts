import { Menu } from "@base-ui/react/menu";
import { Popover } from "@base-ui/react/popover";
import type { Message } from "../../../electron/contract/chats.ts";

/*
 * One menu and one popover serve all replies of a chat, so that a reply costs only its buttons. They are mounted by
 * `ReplyPopups`.
 */
export const replyMenu = Menu.createHandle<{ message: Message }>();
export const speedPopover = Popover.createHandle<{ messageId: string }>();

/** The id of the button that opens the popover for a reply. */
export const speedTriggerId = (messageId: string): string => `speed-${messageId}`;
