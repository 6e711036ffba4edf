import { ApiServerSection } from "./ApiServerSection.tsx";
import type { DrawCode } from "./drawCode.ts";
import { ServersSection } from "./ServersSection.tsx";

/** The servers whose models can be used, and this computer as a server. */
export function ServerSettings({ drawCode }: { drawCode: DrawCode }) {
  return (
    <>
      <ServersSection />
      <ApiServerSection drawCode={drawCode} />
    </>
  );
}
