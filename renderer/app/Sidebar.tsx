import { Box, Gauge, MessageSquare, PanelLeft, Search, Settings, SquarePen } from "lucide-react";
import { ChatList } from "../features/chats/ChatList.tsx";
import { LockButton } from "../features/chatLock/LockButton.tsx";
import { focusComposer } from "../features/chats/focusComposer.ts";
import { IconButton } from "../parts/IconButton.tsx";
import { useConversation } from "../stores/useStores.ts";
import { useSay } from "../texts.ts";
import { ApiServerSign } from "./ApiServerSign.tsx";
import { DownloadStrip } from "./DownloadStrip.tsx";
import { OfflineSwitch } from "./OfflineSwitch.tsx";
import { chatHash, type Route } from "./route.ts";
import { ScreenBoundary } from "./ScreenBoundary.tsx";
import { SidebarEdge } from "./SidebarEdge.tsx";
import { UpdateSign } from "./UpdateSign.tsx";
import type { SidebarState } from "./useSidebar.ts";

const icons = { chat: MessageSquare, models: Box, hardware: Gauge, settings: Settings } as const;
const screens = ["chat", "models", "hardware", "settings"] as const;

export interface SidebarProps {
  screen: Route["screen"];
  sidebar: SidebarState;
  onNewChat: () => void;
}

/** Search, the chats, and the screens; as a rail only their icons. */
export function Sidebar({ screen, sidebar, onNewChat }: SidebarProps) {
  const say = useSay("shell");
  const { form, width, searchField, showButton, search, show, toggle, hide, resize } = sidebar;
  // "Chat" leads back to the open chat.
  const openId = useConversation((state) => state.openId);
  const isRail = form === "rail";
  return (
    <aside className="sidebar" aria-label={say("sidebar")}>
      {isRail && (
        <div className="rail-top">
          <IconButton ref={showButton} label={say("showChats")} does="toggleSidebar" onClick={show}>
            <PanelLeft size={16} aria-hidden />
          </IconButton>
          <IconButton label={say("chats:search.label")} does="searchChats" onClick={search}>
            <Search size={16} aria-hidden />
          </IconButton>
          <IconButton label={say("chats:new")} does="newChat" onClick={onNewChat}>
            <SquarePen size={16} aria-hidden />
          </IconButton>
        </div>
      )}
      <div className="sidebar-chats" hidden={isRail}>
        <ScreenBoundary>
          <ChatList
            isShown={screen === "chat"}
            onNewChat={onNewChat}
            onOpened={(chatId) => {
              window.location.hash = chatHash(chatId);
              if (hide()) focusComposer();
            }}
            searchField={searchField}
          />
        </ScreenBoundary>
      </div>
      <DownloadStrip isRail={isRail} />
      <ApiServerSign isRail={isRail} />
      <OfflineSwitch isRail={isRail} onFailed={hide} />
      <nav className="screens" aria-label={say("screens.label")}>
        {screens.map((own) => {
          const Icon = icons[own];
          return (
            <a
              key={own}
              href={own === "chat" ? chatHash(openId) : `#/${own}`}
              className="side-row nav-link"
              aria-current={own === screen ? "page" : undefined}
              title={isRail ? say(`screens.${own}`) : undefined}
              draggable={false}
            >
              <Icon size={16} aria-hidden />
              <span className={isRail ? "visually-hidden" : "clip"}>{say(`screens.${own}`)}</span>
              {own === "settings" && <UpdateSign />}
            </a>
          );
        })}
      </nav>
      <LockButton />
      {form === "full" && <SidebarEdge width={width} onResize={resize} onFold={toggle} />}
    </aside>
  );
}
