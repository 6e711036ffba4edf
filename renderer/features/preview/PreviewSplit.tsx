import { type ReactNode, useEffect, useLayoutEffect, useRef, useState } from "react";
import { useAction } from "../../app/useAction.ts";
import { DragEdge } from "../../parts/DragEdge.tsx";
import { shownVersion } from "../../stores/preview.ts";
import { usePreview } from "../../stores/useStores.ts";
import { useSay } from "../../texts.ts";
import { PreviewPane, type PreviewPaneProps } from "./PreviewPane.tsx";
import { leastChat, leastPreview, rememberedShare, rememberShare, usualShare } from "./previewShare.ts";
import { useNarrow } from "./useNarrow.ts";

export interface PreviewSplitProps extends Omit<PreviewPaneProps, "edge" | "isAlone" | "isDragged"> {
  /** The chat. */
  children: ReactNode;
}

/** The chat, and beside it the page of one of its replies if one is shown. */
export function PreviewSplit({ children, ...props }: PreviewSplitProps) {
  const say = useSay("preview");
  const isShown = usePreview((state) => shownVersion(state) !== null);
  const isInFront = usePreview((state) => state.isInFront);
  const isNarrow = useNarrow();
  const [share, setShare] = useState(rememberedShare);
  const [isDragged, setDragged] = useState(false);
  const [total, setTotal] = useState(0);
  const place = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    if (place.current === null) return;
    const element = place.current;
    const observer = new ResizeObserver(() => setTotal(element.clientWidth));
    setTotal(element.clientWidth);
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  const hide = usePreview((state) => state.hide);
  const show = usePreview((state) => state.show);
  const newest = usePreview(({ versions }) => versions.findLast((version) => version.isShown)?.pageId ?? null);
  useAction(
    "togglePreview",
    () => {
      if (isShown && (isInFront || !isNarrow)) hide();
      else if (newest !== null) show(newest);
    },
    isShown || newest !== null,
  );
  const covers = isShown && isNarrow && isInFront;
  const isBeside = isShown && !isNarrow;
  useEffect(() => {
    const pane = place.current?.querySelector(".preview");
    // The chat, which may have had the focus, cannot be used now.
    if (!covers || pane?.contains(document.activeElement)) return;
    pane?.querySelector<HTMLElement>("[role=tab][aria-selected=true]")?.focus();
  }, [covers]);
  const most = Math.max(leastChat, total - leastPreview);
  const within = (width: number): number => Math.min(Math.max(width, leastChat), most);
  const chatWidth = within(share * total);
  const edge = isBeside && (
    <DragEdge
      className="preview-edge"
      label={say("edge")}
      width={chatWidth}
      least={leastChat}
      usual={within(usualShare * total)}
      most={most}
      step={16}
      from={() => place.current?.getBoundingClientRect().left ?? 0}
      onResize={(width, isFinal) => {
        const next = width / total;
        setShare(next);
        if (isFinal) rememberShare(next);
      }}
      onDragging={setDragged}
    />
  );
  return (
    <div
      ref={place}
      className="chat-split"
      data-preview={covers ? "over" : isBeside ? "beside" : "none"}
      style={isBeside ? { gridTemplateColumns: `${Math.round(chatWidth)}px minmax(0, 1fr)` } : undefined}
    >
      <div className="chat-side" inert={covers}>
        {children}
      </div>
      {(covers || isBeside) && (
        <div className="preview-side">
          <PreviewPane {...props} edge={edge} isAlone={covers} isDragged={isDragged} />
        </div>
      )}
    </div>
  );
}
