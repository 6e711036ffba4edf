import { Box, Gauge, MessageSquare, Settings } from "lucide-react";
import type { RefObject } from "react";
import { ChatList } from "../features/chats/ChatList.tsx";
import { useConversation } from "../stores/useStores.ts";
import { useSay } from "../texts.ts";
import { chatHash, type Route } from "./route.ts";
import { ScreenBoundary } from "./ScreenBoundary.tsx";

const screens = [
  { screen: "chat", Icon: MessageSquare },
  { screen: "models", Icon: Box },
  { screen: "hardware", Icon: Gauge },
  { screen: "settings", Icon: Settings },
] as const;

export interface SidebarProps {
  screen: Route["screen"];
  onNewChat: () => void;
  /** Called after a search opened a chat. */
  onOpened: () => void;
  searchField: RefObject<HTMLInputElement | null>;
}

export function Sidebar({ screen, onNewChat, onOpened, searchField }: SidebarProps) {
  const say = useSay("shell");
  // "Chat" leads back to the open chat.
  const openId = useConversation((state) => state.openId);
  return (
    <aside className="sidebar">
      <ScreenBoundary>
        <ChatList
          isShown={screen === "chat"}
          onNewChat={onNewChat}
          onOpened={(chatId) => {
            window.location.hash = chatHash(chatId);
            onOpened();
          }}
          searchField={searchField}
        />
      </ScreenBoundary>
      <nav className="screens" aria-label={say("screens.label")}>
        {screens.map(({ screen: own, Icon }) => (
          <a
            key={own}
            href={own === "chat" ? chatHash(openId) : `#/${own}`}
            className="nav-link"
            aria-current={own === screen ? "page" : undefined}
            draggable={false}
          >
            <Icon size={16} aria-hidden /> {say(`screens.${own}`)}
          </a>
        ))}
      </nav>
    </aside>
  );
}
