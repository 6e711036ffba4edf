import { Tabs } from "@base-ui/react/tabs";
import {
  ChevronLeft,
  Ellipsis,
  Monitor,
  MousePointerClick,
  RotateCw,
  Save,
  Smartphone,
  Square,
  Tablet,
  WifiOff,
  X,
} from "lucide-react";
import { type ReactNode, useEffect, useState } from "react";
import { useAction } from "../../app/useAction.ts";
import { longestRun } from "../../parts/longestRun.ts";
import { IconButton } from "../../parts/IconButton.tsx";
import { Menu } from "../../parts/Menu.tsx";
import { MenuChoices } from "../../parts/MenuChoices.tsx";
import { MenuLine } from "../../parts/MenuLine.tsx";
import { MenuRow } from "../../parts/MenuRow.tsx";
import { ProblemNotice } from "../../parts/ProblemNotice.tsx";
import { TabList } from "../../parts/TabList.tsx";
import { previewTabs, type PreviewTab, previewWidths, shownVersion } from "../../stores/preview.ts";
import { usePreview } from "../../stores/useStores.ts";
import { useSay } from "../../texts.ts";
import { codeSpan } from "./codeSpan.ts";
import { CodeTab } from "./CodeTab.tsx";
import { ConsoleTab } from "./ConsoleTab.tsx";
import { type EndedState, PageNotice } from "./PageNotice.tsx";
import { PageView } from "./PageView.tsx";
import type { Highlight } from "./useHighlightedLines.ts";
import { VersionMenu } from "./VersionMenu.tsx";

export interface PreviewPaneProps {
  highlight: Highlight;
  /** Puts a text into the message. */
  onQuote: (text: string) => void;
  /** Gives the message the focus. */
  onChat: () => void;
  /** The divider between it and the chat. */
  edge: ReactNode;
  /** Whether it covers the chat. */
  isAlone: boolean;
  /** Whether the divider is being moved. */
  isDragged: boolean;
}

const widthIcons = { full: Monitor, tablet: Tablet, phone: Smartphone };

/** The page of a reply: running, its code, its console. */
export function PreviewPane({ highlight, onQuote, onChat, edge, isAlone, isDragged }: PreviewPaneProps) {
  const say = useSay("preview");
  const version = usePreview(shownVersion);
  const versions = usePreview((state) => state.versions);
  const tab = usePreview((state) => state.tab);
  const setTab = usePreview((state) => state.setTab);
  const width = usePreview((state) => state.width);
  const setWidth = usePreview((state) => state.setWidth);
  const state = usePreview(({ page }) => page?.state ?? "closed");
  const isPartial = usePreview(({ page }) => page?.isPartial === true);
  const entries = usePreview((store) => store.entries);
  const isPointing = usePreview((store) => store.isPointing);
  const problem = usePreview((store) => store.problem);
  const dismiss = usePreview((store) => store.dismissProblem);
  const { reload, stop, save, hide, toChat, point, endPointing, focus } = useCalls();
  const [size, setSize] = useState("");
  const ofPage = versions.filter(({ pageId }) => pageId === version?.pageId);
  const isRunning = state === "running" || state === "loading";
  const isEnded = !isRunning && state !== "closed";
  const backToChat = (): void => {
    toChat();
    onChat();
  };
  const close = (): void => {
    hide();
    onChat();
  };
  const askForChange = async (): Promise<void> => {
    const pointed = await point();
    if (pointed === null) return;
    toChat();
    const fence = "`".repeat(Math.max(3, longestRun(pointed.html, "`") + 1));
    const request = say("point.request", {
      selector: codeSpan(pointed.selector),
      quote: `${fence}html\n${pointed.html}\n${fence}`,
    });
    onQuote(`${request}\n\n`);
  };
  useAction("focusPreview", () => {
    if (tab === "page" && isRunning) void focus();
    else document.querySelector<HTMLElement>(".preview [role=tab][aria-selected=true]")?.focus();
  });
  useEffect(() => {
    if (!isPointing) return;
    // Else Esc would stop the reply.
    const onKeyDown = (event: KeyboardEvent): void => {
      if (event.key !== "Escape") return;
      event.preventDefault();
      void endPointing();
    };
    window.addEventListener("keydown", onKeyDown, { capture: true });
    return () => window.removeEventListener("keydown", onKeyDown, { capture: true });
  }, [isPointing, endPointing]);
  if (version === null) return null;
  const count = entries.filter(({ level }) => level === "error" || level === "warn" || level === "network").length;
  return (
    <Tabs.Root
      className="preview"
      render={<section aria-label={say("title")} />}
      value={tab}
      onValueChange={(id: PreviewTab) => setTab(id)}
    >
      {edge}
      <header className="preview-head">
        {isAlone && (
          <IconButton label={say("back")} onClick={backToChat}>
            <ChevronLeft size={16} aria-hidden />
          </IconButton>
        )}
        <TabList
          label={say("title")}
          tabs={previewTabs.map((id) => ({
            id,
            name:
              id === "console" && count > 0 ? (
                <>
                  {say("tabs.console")} <span className="preview-count">{count}</span>
                </>
              ) : (
                say(`tabs.${id}`)
              ),
          }))}
        />
        <span className="grow" />
        <VersionMenu version={version} versions={ofPage} />
        <span className="preview-line" />
        <IconButton label={say("reload")} disabled={version.page.isPartial} onClick={() => void reload()}>
          <RotateCw size={16} aria-hidden />
        </IconButton>
        <button
          type="button"
          className="button preview-wordy"
          title={say("stop")}
          aria-label={say("stop")}
          disabled={!isRunning}
          onClick={() => void stop()}
        >
          <Square size={12} aria-hidden fill="currentColor" />
          <span>{say("stop")}</span>
        </button>
        <button
          type="button"
          className="button preview-wordy"
          title={say("save")}
          aria-label={say("save")}
          disabled={version.page.isPartial}
          onClick={() => void save()}
        >
          <Save size={16} aria-hidden />
          <span>{say("save")}</span>
        </button>
        <Menu
          align="end"
          button={
            <button type="button" className="icon-button" aria-label={say("more")} title={say("more")}>
              <Ellipsis size={16} aria-hidden />
            </button>
          }
        >
          <MenuRow
            icon={<MousePointerClick size={16} aria-hidden />}
            disabled={!isRunning}
            onClick={() => void askForChange()}
          >
            {say("point.ask")}
          </MenuRow>
          <MenuLine />
          <MenuChoices
            value={width}
            options={previewWidths.map((each) => ({ value: each, label: say(`width.${each}`) }))}
            onChange={setWidth}
          />
        </Menu>
        <IconButton label={say("close")} does="togglePreview" onClick={close}>
          <X size={16} aria-hidden />
        </IconButton>
      </header>
      {problem !== null && (
        <div className="banner">
          <ProblemNotice problem={problem} onDismiss={dismiss} />
        </div>
      )}
      {isPointing && (
        <output className="preview-note is-pointing">
          <span className="grow">{say("point.how")}</span>
          <button type="button" className="text-button" onClick={() => void endPointing()}>
            {say("point.cancel")}
          </button>
        </output>
      )}
      <Tabs.Panel className="preview-body" value="page" keepMounted>
        <PageView isHidden={isDragged || tab !== "page" || state === "closed" || isEnded} onSize={setSize} />
        {state === "closed" && (
          <output className="preview-empty">{say(version.page.isPartial ? "state.waiting" : "state.starting")}</output>
        )}
        {isEnded && <PageNotice state={state as EndedState} />}
      </Tabs.Panel>
      <Tabs.Panel className="preview-body" value="code">
        <CodeTab version={version} versions={ofPage} highlight={highlight} />
      </Tabs.Panel>
      <Tabs.Panel className="preview-body" value="console">
        <ConsoleTab onQuote={onQuote} />
      </Tabs.Panel>
      <footer className="preview-foot">
        <span className="preview-offline">
          <WifiOff size={14} aria-hidden />
          {say("foot.noNetwork")}
        </span>
        <span className="clip">{say(isPartial ? "foot.partial" : "foot.sandbox")}</span>
        <span className="grow" />
        <span className="figure">{size}</span>
        {width !== "full" && <WidthSign width={width} />}
      </footer>
    </Tabs.Root>
  );
}

function WidthSign({ width }: { width: "tablet" | "phone" }) {
  const say = useSay("preview");
  const Icon = widthIcons[width];
  return (
    <span title={say(`width.${width}`)}>
      <Icon size={14} aria-hidden />
      <span className="visually-hidden">{say(`width.${width}`)}</span>
    </span>
  );
}

function useCalls() {
  return {
    reload: usePreview((state) => state.reload),
    stop: usePreview((state) => state.stop),
    save: usePreview((state) => state.save),
    hide: usePreview((state) => state.hide),
    toChat: usePreview((state) => state.toChat),
    point: usePreview((state) => state.point),
    endPointing: usePreview((state) => state.endPointing),
    focus: usePreview((state) => state.focus),
  };
}
