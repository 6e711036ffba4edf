import { useAction } from "../../app/useAction.ts";
import { useImports } from "../../stores/useStores.ts";
import { ImportSheet } from "./ImportSheet.tsx";

/** Does the action that imports chats, and shows what is in the chosen file. */
export function Imports() {
  const current = useImports((state) => state.current);
  const choose = useImports((state) => state.choose);
  useAction("importChats", () => void choose());
  return current.state === "ready" ? <ImportSheet key={current.preview.id} preview={current.preview} /> : null;
}
