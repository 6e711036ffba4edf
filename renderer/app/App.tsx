import { Tooltip } from "@base-ui/react/tooltip";
import { PanelLeft } from "lucide-react";
import { lazy, Suspense, useCallback, useEffect, useRef, useState } from "react";
import { ChatScreen } from "../features/chats/ChatScreen.tsx";
import { UndoNotices } from "../features/chats/UndoNotices.tsx";
import { DownloadNotices } from "../features/models/DownloadNotices.tsx";
import { ModelNotice } from "../features/models/ModelNotice.tsx";
import { ModelPicker } from "../features/models/ModelPicker.tsx";
import { useSettings, useStores } from "../stores/useStores.ts";
import { EngineBanner } from "./EngineBanner.tsx";
import { Notices } from "./Notices.tsx";
import { ShellProblem } from "./ShellProblem.tsx";
import { Sidebar } from "./Sidebar.tsx";
import { useRoute } from "./useRoute.ts";
import { useShortcuts } from "./useShortcuts.ts";

// Chat is the first screen; the others are read when they are asked for.
const ModelsScreen = lazy(() => import("../features/models/ModelsScreen.tsx"));
const HardwareScreen = lazy(() => import("../features/hardware/HardwareScreen.tsx"));
const Benchmark = lazy(() => import("../features/benchmark/Benchmark.tsx"));
const Tune = lazy(() => import("../features/tune/Tune.tsx"));
const SettingsScreen = lazy(() => import("../features/settings/SettingsScreen.tsx"));

export function App() {
  const { chats } = useStores();
  const route = useRoute();
  const searchField = useRef<HTMLInputElement>(null);
  const [sidebarIsOut, setSidebarOut] = useState(false);
  useTheme();

  // On a narrow window the sidebar has done its work once something in it was chosen.
  useEffect(() => {
    const onChosen = (): void => setSidebarOut(false);
    window.addEventListener("hashchange", onChosen);
    return () => window.removeEventListener("hashchange", onChosen);
  }, []);

  const newChat = useCallback(() => {
    window.location.hash = "#/chat";
    chats.getState().open(null);
    setSidebarOut(false);
    document.querySelector<HTMLElement>(".composer-field")?.focus();
  }, [chats]);
  const search = useCallback(() => {
    setSidebarOut(true);
    searchField.current?.focus();
  }, []);
  const escape = useCallback(() => {
    setSidebarOut(false);
    const { editing, cancelEdit, stop } = chats.getState();
    if (editing) cancelEdit();
    else void stop();
  }, [chats]);
  useShortcuts({ newChat, search, escape });

  const sidebarButton = (
    <button
      type="button"
      className="icon-button sidebar-button"
      aria-label="Sidebar"
      aria-expanded={sidebarIsOut}
      onClick={() => setSidebarOut(!sidebarIsOut)}
    >
      <PanelLeft size={16} aria-hidden />
    </button>
  );
  return (
    <Tooltip.Provider delay={300}>
      <div className="shell" data-sidebar={sidebarIsOut ? "out" : "in"}>
        <Sidebar screen={route.screen} onNewChat={newChat} searchField={searchField} />
        {sidebarIsOut && <div className="sidebar-shade" role="presentation" onClick={() => setSidebarOut(false)} />}
        <div className="screen">
          <EngineBanner />
          <Notices />
          <ShellProblem />
          {route.screen === "chat" ? (
            <ChatScreen modelPicker={<ModelPicker />} modelNotice={<ModelNotice />} sidebarButton={sidebarButton} />
          ) : (
            <Suspense>
              {route.screen === "models" && <ModelsScreen sidebarButton={sidebarButton} />}
              {route.screen === "hardware" && (
                <HardwareScreen sidebarButton={sidebarButton} tune={<Tune />} benchmark={<Benchmark />} />
              )}
              {route.screen === "settings" && <SettingsScreen sidebarButton={sidebarButton} />}
            </Suspense>
          )}
        </div>
        <UndoNotices />
        {route.screen === "chat" && <DownloadNotices />}
      </div>
    </Tooltip.Provider>
  );
}

/** The system's theme, or the one chosen: one set of variables serves both. */
function useTheme(): void {
  const theme = useSettings(({ settings }) => settings?.theme ?? "system");
  useEffect(() => {
    document.documentElement.dataset.theme = theme;
  }, [theme]);
}
