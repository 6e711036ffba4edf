import { type FocusEvent, type KeyboardEvent, useEffect, useRef } from "react";

const rowsIn = (element: ParentNode): HTMLElement[] => [...element.querySelectorAll<HTMLElement>(".model-row")];
const controlsIn = (element: ParentNode): HTMLElement[] => [
  ...element.querySelectorAll<HTMLElement>("button:not(:disabled)"),
];
/** Returns the control of a row that a target is, or null if it is somewhere else, such as in an open menu. */
const controlAt = (target: EventTarget): HTMLElement | null =>
  target instanceof HTMLElement && target.closest(".model-row") !== null ? target.closest("button") : null;

/** Returns the button that a row is there for, or else its first control. */
const mainControl = (row: HTMLElement): HTMLElement | undefined =>
  controlsIn(row.querySelector(".model-action") ?? row)[0] ?? controlsIn(row)[0];

/** Lets the Tab key reach one row of each section: the one that had the focus last, or else the first. */
function setStops(table: HTMLElement, focused: HTMLElement | null): void {
  for (const section of table.querySelectorAll(".model-rows")) {
    const rows = rowsIn(section).filter((row) => controlsIn(row).length > 0);
    const stop = rows.find((row) => row.contains(focused)) ?? rows.find((row) => "stop" in row.dataset) ?? rows.at(0);
    for (const row of rows) {
      if (row === stop) row.dataset["stop"] = "";
      else delete row.dataset["stop"];
      const tabIndex = row === stop ? 0 : -1;
      for (const control of controlsIn(row)) {
        if (control.tabIndex !== tabIndex) control.tabIndex = tabIndex;
      }
    }
  }
}

/** Returns the control of the nearest row before or after, in the same column if that has one there. */
function controlInRow(from: HTMLElement, row: HTMLElement): HTMLElement | undefined {
  const cell = from.closest("td");
  const place = cell === null ? -1 : controlsIn(cell).indexOf(from);
  const there = cell === null ? null : row.querySelector(`.${cell.classList[0] ?? "model-action"}`);
  const sameCell = there === null ? [] : controlsIn(there);
  return sameCell[Math.min(place, sameCell.length - 1)] ?? mainControl(row);
}

function destination(table: HTMLElement, from: HTMLElement, key: string): HTMLElement | undefined {
  const row = from.closest<HTMLElement>(".model-row");
  if (row === null) return undefined;
  const controls = controlsIn(row);
  const at = controls.indexOf(from);
  if (key === "ArrowLeft" || key === "ArrowRight") return controls[at + (key === "ArrowRight" ? 1 : -1)];
  const rows = rowsIn(table).filter((each) => controlsIn(each).length > 0);
  const rowAt = rows.indexOf(row);
  const next = { ArrowUp: rowAt - 1, ArrowDown: rowAt + 1, Home: 0, End: rows.length - 1 }[key];
  const there = next === undefined ? undefined : rows[next];
  return there === undefined ? undefined : controlInRow(from, there);
}

const keys = ["ArrowUp", "ArrowDown", "ArrowLeft", "ArrowRight", "Home", "End"];

/**
 * Lets the Tab key pass through one row of each section. The arrow keys move between rows, also to the next section, and
 * between the controls of a row; Home and End go to the first and the last row. Returns the props of the table.
 */
export function useRowKeys() {
  const ref = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const table = ref.current;
    if (table === null) return undefined;
    // Rows come and go, and so do their buttons while something is downloaded.
    const observer = new MutationObserver(() => setStops(table, null));
    observer.observe(table, { childList: true, subtree: true, attributes: true, attributeFilter: ["disabled"] });
    setStops(table, null);
    return () => observer.disconnect();
  }, []);
  return {
    ref,
    onFocus: ({ currentTarget, target }: FocusEvent<HTMLElement>) => {
      const control = controlAt(target);
      if (control !== null) setStops(currentTarget, control);
    },
    // Before the buttons themselves: an arrow key would open their menus.
    onKeyDownCapture: (event: KeyboardEvent<HTMLElement>) => {
      const control = controlAt(event.target);
      if (control === null || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
      if (!keys.includes(event.key)) return;
      event.preventDefault();
      event.stopPropagation();
      destination(event.currentTarget, control, event.key)?.focus();
    },
  };
}
