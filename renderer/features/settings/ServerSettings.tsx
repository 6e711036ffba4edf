import { ApiServerSection } from "./ApiServerSection.tsx";
import type { DrawCode } from "./drawCode.ts";

/** This computer as a server. */
export function ServerSettings({ drawCode }: { drawCode: DrawCode }) {
  return <ApiServerSection drawCode={drawCode} />;
}
