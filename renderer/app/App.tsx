import { Tooltip } from "@base-ui/react/tooltip";
import { type CSSProperties, lazy, Suspense, useCallback } from "react";
import { Commands } from "../features/commands/Commands.tsx";
import { ChatScreen } from "../features/chats/ChatScreen.tsx";
import { answerTypesetter } from "../features/chats/markdown/answerTypesetter.ts";
import { Code } from "../features/chats/markdown/Code.tsx";
import { DocumentFolderSheet } from "../features/chats/DocumentFolderSheet.tsx";
import { focusComposer } from "../features/chats/focusComposer.ts";
import { insertIntoComposer } from "../features/chats/insertIntoComposer.ts";
import { PageCardContext } from "../features/chats/pageCardContext.ts";
import { UndoNotices } from "../features/chats/UndoNotices.tsx";
import { ExportLine } from "../features/exports/ExportLine.tsx";
import { Exports } from "../features/exports/Exports.tsx";
import { ImportLine } from "../features/imports/ImportLine.tsx";
import { Imports } from "../features/imports/Imports.tsx";
import { ChatDrop } from "../features/models/ChatDrop.tsx";
import { MissingModel } from "../features/models/MissingModel.tsx";
import { ModelNotice } from "../features/models/ModelNotice.tsx";
import { ModelPicker } from "../features/models/ModelPicker.tsx";
import { OpenedFiles } from "../features/models/OpenedFiles.tsx";
import { RecommendedCard } from "../features/models/RecommendedCard.tsx";
import { PageCard } from "../features/preview/PageCard.tsx";
import { PreviewSplit } from "../features/preview/PreviewSplit.tsx";
import type { Highlight } from "../features/preview/useHighlightedLines.ts";
import { hashOfSetting, settingCommands } from "../features/settings/settingCommands.ts";
import { ScreenHeader } from "../parts/ScreenHeader.tsx";
import { hasMoreAnswers, stopAnswers } from "../stores/moreAnswers.ts";
import { shownVersion } from "../stores/preview.ts";
import { useApiServer, useChatLock, usePreview, useStores } from "../stores/useStores.ts";
import { texts, useSay } from "../texts.ts";
import { EngineBanner } from "./EngineBanner.tsx";
import { Notices } from "./Notices.tsx";
import { ShellProblem } from "./ShellProblem.tsx";
import { ScreenBoundary } from "./ScreenBoundary.tsx";
import { Sidebar } from "./Sidebar.tsx";
import { chatHash, type Route, settingsHash } from "./route.ts";
import { useAction } from "./useAction.ts";
import { useAppearance } from "./useAppearance.ts";
import { useLanguage } from "./useLanguage.ts";
import { useRoute } from "./useRoute.ts";
import { useShortcuts } from "./useShortcuts.ts";
import { useSidebar } from "./useSidebar.ts";
import { useSingleChat } from "./useSingleChat.ts";
import { useWindowTitle } from "./useWindowTitle.ts";

// Chat is the first screen. The others are loaded when they are first opened.
const ModelsScreen = lazy(() => import("../features/models/ModelsScreen.tsx"));
const HardwareScreen = lazy(() => import("../features/hardware/HardwareScreen.tsx"));
const Benchmark = lazy(() => import("../features/benchmark/Benchmark.tsx"));
const Tune = lazy(() => import("../features/tune/Tune.tsx"));
const DiskScreen = lazy(() => import("../features/disk/DiskScreen.tsx"));
const SettingsScreen = lazy(() => import("../features/settings/SettingsScreen.tsx"));

export function App() {
  const stores = useStores();
  const { apiServer, chatList, conversation, composer, comparisons } = stores;
  const route = useRoute();
  const hasPreview = usePreview((state) => shownVersion(state) !== null);
  const sidebar = useSidebar(hasPreview && route.screen === "chat");
  const { form, width, search, toggle, hide } = sidebar;
  const { isAlone, orInMain, runInMain } = useSingleChat();
  const lockChats = useChatLock((state) => state.lock);
  const canLock = useChatLock(({ info }) => info?.state === "open");
  const isServer = useApiServer(({ info }) => info?.state.state === "on");
  const canServe = useApiServer(({ info, isBusy }) => info !== null && !isBusy);
  useAppearance();
  useWindowTitle(route);
  useLanguage();

  const newChat = useCallback(() => {
    window.location.hash = chatHash(null);
    conversation.getState().open(null);
    hide();
    focusComposer();
  }, [conversation, hide]);
  const newTemporaryChat = useCallback(async () => {
    hide();
    const chatId = await chatList.getState().beginTemporary();
    if (chatId === null) return;
    window.location.hash = chatHash(chatId);
    conversation.getState().open(chatId);
    focusComposer();
  }, [chatList, conversation, hide]);
  const isChat = route.screen === "chat";
  const showChat = (): void => {
    if (!isChat) newChat();
  };
  const escape = useCallback(() => {
    // On other screens Esc does not stop a reply that is not visible.
    if (hide() || !isChat) return;
    const { editing, cancelEdit } = composer.getState();
    const { shown, hide: hideComparison } = comparisons.getState();
    if (editing) cancelEdit();
    else if (shown !== null && !hasMoreAnswers(stores, shown.chatId)) hideComparison();
    else void stopAnswers(stores);
  }, [composer, comparisons, stores, hide, isChat]);
  const goTo = (hash: string): void => {
    hide();
    showHash(hash);
  };
  useShortcuts(escape);
  useAction("newChat", orInMain("newChat", newChat));
  useAction(
    "newTemporaryChat",
    orInMain("newTemporaryChat", () => void newTemporaryChat()),
  );
  useAction("lockChats", () => void lockChats(), canLock);
  useAction(
    "toggleServer",
    orInMain("toggleServer", () => {
      const { start, stop } = apiServer.getState();
      goTo(settingsHash("servers", "apiServer"));
      void (isServer ? stop() : start());
    }),
    canServe,
  );
  useAction("searchChats", orInMain("searchChats", search));
  useAction("toggleSidebar", toggle, !isAlone);
  useAction(
    "showChat",
    orInMain("showChat", () => goTo(chatHash(conversation.getState().openId))),
  );
  useAction(
    "showModels",
    orInMain("showModels", () => goTo("#/models")),
  );
  useAction(
    "showHardware",
    orInMain("showHardware", () => goTo("#/hardware")),
  );
  useAction(
    "showBenchmark",
    orInMain("showBenchmark", () => goTo("#/hardware/benchmark")),
  );
  useAction(
    "showTune",
    orInMain("showTune", () => goTo("#/hardware/tune")),
  );
  useAction(
    "showMachine",
    orInMain("showMachine", () => goTo("#/hardware/machine")),
  );
  useAction(
    "showSettings",
    orInMain("showSettings", () => goTo("#/settings")),
  );
  useAction(
    "showDisk",
    orInMain("showDisk", () => goTo(settingsHash("disk"))),
  );

  useAction(
    "addServer",
    orInMain("addServer", () => {
      goTo(settingsHash("servers"));
      stores.servers.getState().edit(null);
    }),
  );
  useAction(
    "showCommand",
    orInMain("showCommand", () => goTo(settingsHash("general", "command"))),
  );

  // In the normal flow of the page, so that they cover nothing.
  const notices = (
    <div className="notices">
      <UndoNotices />
      <ExportLine />
      {!isAlone && <ImportLine />}
      {isChat && <ChatDrop />}
    </div>
  );
  return (
    <Tooltip.Provider delay={300}>
      <div
        className="shell"
        data-sidebar={isAlone ? "none" : form}
        style={{ "--sidebar": `${width}px` } as CSSProperties}
      >
        {!isAlone && <Sidebar screen={route.screen} sidebar={sidebar} onNewChat={newChat} />}
        {form === "over" && <div className="sidebar-shade" role="presentation" onClick={hide} />}
        <div className="screen" inert={form === "over"}>
          <div className="banners">
            <EngineBanner />
            <Notices />
            <ShellProblem />
          </div>
          <ScreenBoundary triedWith={route.screen === "chat" ? route.chatId : route.screen}>
            {isChat ? (
              <PreviewSplit highlight={highlight} onQuote={insertIntoComposer} onChat={focusComposer}>
                <PageCardContext value={pageCard}>
                  <ChatScreen
                    modelPicker={<ModelPicker />}
                    onTemporary={() => void newTemporaryChat()}
                    modelNotice={
                      <>
                        <MissingModel />
                        <ModelNotice />
                      </>
                    }
                    recommended={<RecommendedCard />}
                    notices={notices}
                  />
                </PageCardContext>
              </PreviewSplit>
            ) : (
              <Suspense fallback={<ComingScreen screen={route.screen} />}>
                {route.screen === "models" && <ModelsScreen />}
                {route.screen === "hardware" && (
                  <HardwareScreen tab={route.tab} tune={<Tune />} benchmark={<Benchmark />} />
                )}
                {route.screen === "settings" &&
                  (route.tab === "disk" ? <DiskScreen /> : <SettingsScreen tab={route.tab} drawCode={drawCode} />)}
              </Suspense>
            )}
          </ScreenBoundary>
          {!isChat && notices}
        </div>
        <Commands
          settings={() => settingCommands(texts)}
          showSetting={(id) => (isAlone ? void runInMain("showSettings", id) : goTo(hashOfSetting(id)))}
        />
        <DocumentFolderSheet />
        <Exports inMain={orInMain} />
        {!isAlone && <Imports />}
        {!isAlone && <OpenedFiles onUse={showChat} />}
      </div>
    </Tooltip.Provider>
  );
}

const pageCard = (messageId: string) => <PageCard messageId={messageId} />;
const drawCode = (code: string, language: string) => <Code code={code} language={language} isClosed />;
const highlight: Highlight = (code, language) => answerTypesetter().highlight(code, language);

/** Holds the place of a screen whose code is being loaded. */
function ComingScreen({ screen }: { screen: Route["screen"] }) {
  const say = useSay("shell");
  return (
    <div className="page" aria-busy>
      <ScreenHeader title={say(`screens.${screen}`)} />
    </div>
  );
}

function showHash(hash: string): void {
  window.location.hash = hash;
}
