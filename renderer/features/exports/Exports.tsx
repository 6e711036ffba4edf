import { isTemporary } from "../../../electron/contract/isTemporary.ts";
import { useAction } from "../../app/useAction.ts";
import { useConversation, useExports } from "../../stores/useStores.ts";
import { ExportSheet } from "./ExportSheet.tsx";

/** Does the actions that export chats, and shows their sheet. */
export function Exports({ inMain }: { inMain: (action: "exportAllChats", run: () => void) => () => void }) {
  const openId = useConversation((state) => state.openId);
  const asked = useExports((state) => state.asked);
  const ask = useExports((state) => state.ask);
  const canExport = openId !== null && !isTemporary(openId);
  useAction("exportChat", () => openId !== null && ask([openId]), canExport);
  useAction(
    "exportAllChats",
    inMain("exportAllChats", () => ask(null)),
  );
  return asked === null ? null : <ExportSheet chatIds={asked.chatIds} />;
}
