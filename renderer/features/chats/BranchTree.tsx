import { useVirtualizer } from "@tanstack/react-virtual";
import { type CSSProperties, type KeyboardEvent, useEffect, useId, useRef, useState } from "react";
import type { BranchRun } from "../../../electron/contract/branchMap.ts";
import { useBranches } from "../../stores/useStores.ts";
import { useSay } from "../../texts.ts";
import { branchStep } from "./branchStep.ts";
import { focusComposer } from "./focusComposer.ts";
import { rowsWithActive } from "./rowsWithActive.ts";
import { useRowHeights } from "./useRowHeights.ts";

/** Deeper levels are drawn no further to the right. */
const mostIndent = 12;

/**
 * The branches as a tree: the arrow keys move in it, and Enter goes to a message. Only visible rows are rendered, and the
 * active one, which has the screen reader's attention while the tree keeps the focus.
 */
export function BranchTree({ runs }: { runs: readonly BranchRun[] }) {
  const say = useSay("chats");
  const goTo = useBranches((state) => state.goTo);
  const scroller = useRef<HTMLDivElement>(null);
  const treeId = useId();
  const [chosen, setChosen] = useState<string | null>(null);
  const known = runs.findIndex((run) => keyOf(run) === chosen);
  // Where one is: at the end of the branch that is shown.
  const active = known >= 0 ? known : runs.findLastIndex(({ isShown }) => isShown);
  const { rowPixels } = useRowHeights();
  const virtualizer = useVirtualizer({
    count: runs.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowPixels,
    overscan: 12,
    getItemKey: (index) => keyOf(runs[index]),
    rangeExtractor: (range) => rowsWithActive(range, active),
  });
  useEffect(() => virtualizer.measure(), [rowPixels, virtualizer]);
  useEffect(() => scroller.current?.focus(), []);
  useEffect(() => {
    if (active >= 0) virtualizer.scrollToIndex(active);
  }, [active, virtualizer]);

  const go = (index: number): void => {
    const run = runs[index];
    if (run === undefined) return;
    goTo(run.messageId);
    focusComposer();
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    if (event.key === "Enter" || event.key === " ") go(active);
    else {
      const next = branchStep(runs, active, event.key);
      if (next === null) return;
      setChosen(keyOf(runs[next]));
    }
    event.preventDefault();
  };
  const idOf = (index: number): string => `${treeId}-${index}`;
  return (
    <div
      ref={scroller}
      className="branch-tree scroll"
      role="tree"
      tabIndex={0}
      aria-label={say("branches.title")}
      aria-activedescendant={active >= 0 ? idOf(active) : undefined}
      onKeyDown={onKeyDown}
    >
      <div className="branch-rows" role="presentation" style={{ height: virtualizer.getTotalSize() }}>
        {virtualizer.getVirtualItems().map(({ index, key, start }) => {
          const run = runs[index];
          if (run === undefined) return null;
          const indent = Math.min(run.level - 1, mostIndent);
          return (
            // The tree has the keyboard.
            // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/interactive-supports-focus
            <div
              key={key}
              id={idOf(index)}
              role="treeitem"
              aria-level={run.level}
              aria-selected={index === active}
              aria-current={run.isShown}
              className={index === active ? "branch-row is-active" : "branch-row"}
              style={{ transform: `translateY(${start}px)`, "--branch-indent": indent } as CSSProperties}
              onClick={() => go(index)}
            >
              <span className={run.isShown ? "branch-dot is-shown" : "branch-dot"} aria-hidden />
              <span className="branch-words clip" dir="auto">
                {run.count === 0 ? say("branches.start") : run.excerpt || say("branches.noWords")}
              </span>
              <span className="branch-facts">
                {run.count > 0 && <span>{say(run.role === "user" ? "you" : "reply")}</span>}
                {run.isEdited && <span>{say("speed.edited")}</span>}
                {run.version.count > 1 && (
                  <span className="figure">
                    {run.version.index}/{run.version.count}
                  </span>
                )}
                {run.count > 1 && <span>{say("branches.count", { count: run.count })}</span>}
              </span>
            </div>
          );
        })}
      </div>
    </div>
  );
}

/** The beginning has the same message as the run that it leads to. */
const keyOf = (run: BranchRun | undefined): string => (run === undefined ? "" : `${run.messageId} ${run.count === 0}`);
