import { useEffect } from "react";
import { isTemporary } from "../../electron/contract/isTemporary.ts";
import { useConversation } from "../stores/useStores.ts";
import { useSay } from "../texts.ts";
import type { Route } from "./route.ts";
import { windowKind } from "./windowKind.ts";

/** Names the window after what it shows; the window of a single chat after the chat alone. */
export function useWindowTitle({ screen }: Pick<Route, "screen">): void {
  const say = useSay("shell");
  const chatTitle = useConversation(({ conversation }) =>
    conversation?.state === "ready" ? conversation.value.chat.title : "",
  );
  // The system may keep the names of windows.
  const hidesTitle = useConversation(({ openId }) => openId !== null && isTemporary(openId));
  const chatName = hidesTitle ? say("chats:temporary.name") : chatTitle;
  const shown = screen === "chat" ? chatName : say(`screens.${screen}`);
  useEffect(() => {
    const app = "R1 Workbench";
    document.title = shown === "" ? app : windowKind() === "chat" ? shown : `${shown} – ${app}`;
  }, [shown]);
}
