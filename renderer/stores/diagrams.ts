import { createStore, type StoreApi } from "zustand/vanilla";
import { diagramLimits } from "../../electron/contract/diagramLimits.ts";
import type { DiagramTheme, DrawnDiagram } from "../../electron/contract/diagrams.ts";
import type { Problem } from "../../electron/contract/errors.ts";
import type { Door } from "./door.ts";

/** What became of a diagram. */
export type Diagram = DrawnDiagram | { state: "tooLong" | "tooMany" } | { state: "refused"; problem: Problem };

export interface DiagramsState {
  /** Those that are wanted, and those that were last, by `diagramKey`. */
  diagrams: ReadonlyMap<string, Diagram>;
  /** Whether there are some that wait or are being drawn. */
  isBusy: boolean;
  /** Has a diagram drawn, unless it is. Returns what gives it up. */
  want: (text: string, theme: DiagramTheme) => () => void;
  /** Has one drawn again, unless it is being drawn. */
  again: (text: string, theme: DiagramTheme) => void;
}
export type DiagramsStore = StoreApi<DiagramsState>;

/** What is kept of diagrams that nothing on the page wants any more. */
const mostBytes = 48_000_000;
const mostKept = 100;
/** What the pictures that are wanted at the same time may take, as on paper. */
const mostWantedBytes = 400_000_000;

export const diagramKey = (text: string, theme: DiagramTheme): string => `${theme} ${text}`;

/**
 * Creates the store of the diagrams in replies. They are drawn one after the other, and only as long as something wants
 * them.
 */
export function createDiagramsStore(door: Door): DiagramsStore {
  /** How many places on the page want a diagram. */
  const wanted = new Map<string, number>();
  const waiting = new Map<string, { text: string; theme: DiagramTheme }>();
  /** `isStopped`: nothing wants it any more. */
  let drawing: { key: string; isStopped: boolean } | null = null;

  const store = createStore<DiagramsState>()((set, get) => ({
    diagrams: new Map(),
    isBusy: false,
    want: (text, theme) => {
      const key = diagramKey(text, theme);
      wanted.set(key, (wanted.get(key) ?? 0) + 1);
      if (!get().diagrams.has(key)) get().again(text, theme);
      return () => {
        const others = (wanted.get(key) ?? 1) - 1;
        if (others > 0) {
          wanted.set(key, others);
          return;
        }
        wanted.delete(key);
        waiting.delete(key);
        if (drawing?.key === key) stopDrawing();
        set({ isBusy: drawing !== null || waiting.size > 0 });
      };
    },
    again: (text, theme) => {
      const key = diagramKey(text, theme);
      if (drawing?.key === key && !drawing.isStopped) return;
      waiting.set(key, { text, theme });
      const diagrams = new Map(get().diagrams);
      diagrams.delete(key);
      set({ isBusy: true, diagrams });
      if (drawing === null) void drawAll();
    },
  }));

  const drawAll = async (): Promise<void> => {
    for (const [key, { text, theme }] of waiting) {
      waiting.delete(key);
      const current = { key, isStopped: false };
      drawing = current;
      // oxlint-disable-next-line no-await-in-loop
      const drawn = await draw(text, theme);
      if (!current.isStopped) keep(key, drawn);
    }
    drawing = null;
    store.setState({ isBusy: false });
  };

  const stopDrawing = (): void => {
    if (drawing === null || drawing.isStopped) return;
    drawing.isStopped = true;
    // If it cannot be stopped, it ends by itself within a minute.
    void door.call("diagrams.stop", {}).catch(() => undefined);
  };

  const draw = async (text: string, theme: DiagramTheme): Promise<Diagram> => {
    if (text.length > diagramLimits.textChars) return { state: "tooLong" };
    const shown = [...store.getState().diagrams].filter(([key]) => wanted.has(key));
    if (bytesIn(shown) > mostWantedBytes) return { state: "tooMany" };
    return await door
      .call("diagrams.draw", { text, theme })
      .catch((error: unknown) => ({ state: "refused" as const, problem: door.problem(error) }));
  };

  /** Keeps a diagram as the newest one, and forgets the oldest ones that nothing wants if there are too many. */
  const keep = (key: string, diagram: Diagram): void => {
    const diagrams = new Map([...store.getState().diagrams, [key, diagram]]);
    let bytes = bytesIn(diagrams);
    for (const [oldest, each] of diagrams) {
      if (diagrams.size <= mostKept && bytes <= mostBytes) break;
      if (wanted.has(oldest)) continue;
      bytes -= bytesOf(each);
      diagrams.delete(oldest);
    }
    store.setState({ diagrams });
  };

  return store;
}

const bytesOf = (diagram: Diagram): number => (diagram.state === "drawn" ? diagram.png.length : 0);

const bytesIn = (diagrams: Iterable<[string, Diagram]>): number =>
  [...diagrams].reduce((sum, [, each]) => sum + bytesOf(each), 0);
