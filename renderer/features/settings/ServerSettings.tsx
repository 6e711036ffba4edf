import { ApiServerSection } from "./ApiServerSection.tsx";
import type { DrawCode } from "./drawCode.ts";
import { LlamaServerSection } from "./LlamaServerSection.tsx";
import { ServersSection } from "./ServersSection.tsx";

/** The servers whose models can be used, the one that the app runs, and this computer as a server. */
export function ServerSettings({ drawCode }: { drawCode: DrawCode }) {
  return (
    <>
      <ServersSection />
      <LlamaServerSection />
      <ApiServerSection drawCode={drawCode} />
    </>
  );
}
