import { lazy, Suspense, useEffect, useEffectEvent, useLayoutEffect, useMemo, useRef, useState } from "react";
import { actionIds } from "../../../electron/contract/actions.ts";
import { canRun, runAction } from "../../app/actions.ts";
import { isAsking } from "../../app/isAsking.ts";
import { isMac } from "../../app/shortcutKeys.ts";
import { useAction } from "../../app/useAction.ts";
import { chooseInChat } from "../../stores/chooseInChat.ts";
import { stopAnswers } from "../../stores/moreAnswers.ts";
import { useIsRefused } from "../../stores/useIsRefused.ts";
import { useMoreAnswers } from "../../stores/useMoreAnswers.ts";
import { useCommands, useConversation, useModels, useRuns, useSettings, useStores } from "../../stores/useStores.ts";
import { useTexts } from "../../texts.ts";
import { type PaletteEntry, paletteEntries, type PaletteOptions } from "./paletteEntries.ts";

const loadPalette = () => import("./CommandPalette.tsx");
const LatePalette = lazy(loadPalette);
const ShortcutSheet = lazy(() => import("./ShortcutSheet.tsx"));
const PrivacySheet = lazy(() => import("./PrivacySheet.tsx"));
const AboutSheet = lazy(() => import("./AboutSheet.tsx"));

type Palette = Awaited<ReturnType<typeof loadPalette>>["default"];
type Opened =
  | { dialog: "palette"; options: Omit<PaletteOptions, "texts" | "settings">; Palette: Palette | typeof LatePalette }
  | { dialog: "shortcuts" | "privacy" | "about" };

export interface CommandsProps extends Pick<PaletteOptions, "showSetting"> {
  /** Returns the settings, for the command palette. */
  settings: () => PaletteOptions["settings"];
}

/** Does what the menu asks for, and shows the command palette and the Help menu's dialogs. */
export function Commands({ settings, showSetting }: CommandsProps) {
  const stores = useStores();
  const texts = useTexts();
  const { commands, conversation, models } = stores;
  const asked = useCommands((state) => state.asked);
  const { openChatWindow, printChat, zoom, openLogs, copyDiagnostics, remember } = commands.getState();
  const openId = useConversation((state) => state.openId);
  const isWriting = useRuns(({ byChat }) => openId !== null && byChat[openId] !== undefined);
  const hasMoreAnswers = useMoreAnswers(openId);
  const isThinking = useRuns(({ byChat }) => openId !== null && byChat[openId]?.stage.stage === "thinking");
  const change = useSettings((state) => state.change);
  const list = useModels((state) => state.list);
  const isRefused = useIsRefused();
  const [opened, setOpened] = useState<Opened | null>(null);
  const close = (): void => setOpened(null);
  const chosen = useRef<PaletteEntry | null>(null);
  const loaded = useRef<Palette | null>(null);

  useAction("commandPalette", () => {
    const offered = new Set(actionIds.filter(canRun));
    const options: Omit<PaletteOptions, "texts" | "settings"> = {
      isMac: isMac(),
      recent: commands.getState().recent,
      models: list.state === "ready" ? list.value.filter((model) => !isRefused(model)) : [],
      canRun: (id) => offered.has(id),
      run: runAction,
      use: (model) => void chooseInChat(stores, model),
      showSetting,
    };
    setOpened({ dialog: "palette", options, Palette: loaded.current ?? LatePalette });
  });
  useAction("showShortcuts", () => setOpened({ dialog: "shortcuts" }));
  useAction("showPrivacy", () => setOpened({ dialog: "privacy" }));
  useAction("showAbout", () => setOpened({ dialog: "about" }));
  useAction("openChatWindow", () => openId !== null && void openChatWindow(openId), openId !== null);
  useAction("print", () => openId !== null && void printChat(openId), openId !== null);
  useAction("stopReply", () => void stopAnswers(stores), isWriting || hasMoreAnswers);
  useAction("skipThought", () => void conversation.getState().skipThought(), isThinking);
  useAction("importModel", () => void models.getState().importFile());
  useAction("zoomIn", () => void zoom("in"));
  useAction("zoomOut", () => void zoom("out"));
  useAction("resetZoom", () => void zoom("reset"));
  useAction("openLogs", () => void openLogs());
  useAction("copyDiagnostics", () => void copyDiagnostics());
  useAction("useSystemTheme", () => void change({ theme: "system" }));
  useAction("useLightTheme", () => void change({ theme: "light" }));
  useAction("useDarkTheme", () => void change({ theme: "dark" }));

  useEffect(() => {
    // Loaded before it is first opened, so that it gets every letter that is typed.
    const idle = requestIdleCallback(
      () =>
        void loadPalette().then(
          (palette) => (loaded.current = palette.default),
          () => undefined,
        ),
    );
    return () => cancelIdleCallback(idle);
  }, []);
  const showAsked = useEffectEvent(showSetting);
  useEffect(() => {
    // Under a dialog nothing changes, as with the keyboard.
    const taken = asked === null ? null : commands.getState().take();
    if (taken === null || isAsking()) return;
    if (taken.setting === undefined) runAction(taken.action);
    else showAsked(taken.setting);
  }, [asked, commands]);

  useLayoutEffect(() => {
    const entry = chosen.current;
    if (opened !== null || entry === null) return;
    chosen.current = null;
    remember(entry.id);
    // After the palette has returned the focus, which what was chosen may move.
    queueMicrotask(() => entry.run());
  }, [opened, remember]);

  const { language } = texts;
  // The language may change while it is open.
  const groups = useMemo(
    () => (opened?.dialog === "palette" ? paletteEntries({ texts, ...opened.options, settings: settings() }) : []),
    // The texts say something else in each language.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
    [opened, texts, language],
  );
  if (opened === null) return null;
  return (
    <Suspense>
      {opened.dialog === "palette" && (
        <opened.Palette
          groups={groups}
          onClose={(entry) => {
            chosen.current = entry;
            close();
          }}
        />
      )}
      {opened.dialog === "shortcuts" && <ShortcutSheet isMac={isMac()} onClose={close} />}
      {opened.dialog === "privacy" && <PrivacySheet onClose={close} />}
      {opened.dialog === "about" && <AboutSheet onClose={close} />}
    </Suspense>
  );
}
