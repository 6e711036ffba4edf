import { useEffect, useSyncExternalStore } from "react";
import type { DiagramTheme } from "../../../../electron/contract/diagrams.ts";
import { windowKind } from "../../../app/windowKind.ts";
import { type Diagram, diagramKey } from "../../../stores/diagrams.ts";
import { useDiagrams, useSettings } from "../../../stores/useStores.ts";

/**
 * Has a diagram drawn in the window's colours while it `isWanted`. Returns what became of it, or null until then. When the
 * colours change, the earlier picture stays until there is another one.
 */
export function useDiagram(code: string, isWanted: boolean): Diagram | null {
  const theme = useDiagramTheme();
  const want = useDiagrams((state) => state.want);
  const other = theme === "light" ? "dark" : "light";
  const diagram = useDiagrams(({ diagrams }) => diagrams.get(diagramKey(code, theme)));
  const earlier = useDiagrams(({ diagrams }) => diagrams.get(diagramKey(code, other)));
  useEffect(() => (isWanted ? want(code, theme) : undefined), [isWanted, want, code, theme]);
  return diagram ?? (earlier?.state === "drawn" ? earlier : null);
}

export function useDiagramTheme(): DiagramTheme {
  const isDark = useSyncExternalStore(onSystemTheme, () => systemTheme().matches);
  const chosen = useSettings(({ settings }) => settings?.theme ?? "system");
  // Paper is white.
  if (windowKind() === "print" || chosen === "light") return "light";
  return chosen === "dark" || isDark ? "dark" : "light";
}

const systemTheme = (): MediaQueryList => matchMedia("(prefers-color-scheme: dark)");

function onSystemTheme(listener: () => void): () => void {
  const query = systemTheme();
  query.addEventListener("change", listener);
  return () => query.removeEventListener("change", listener);
}
