import type { Chat } from "../../../electron/contract/chats.ts";
import { useAction } from "../../app/useAction.ts";
import { useChatList } from "../../stores/useStores.ts";
import { useSay } from "../../texts.ts";

/** Keeps a temporary chat, once something was said in it. A reply that is being written must end first. */
export function KeepChat({ chat }: { chat: Chat }) {
  const say = useSay("chats");
  const keep = useChatList((state) => state.keep);
  const isBegun = chat.title !== "";
  const canKeep = isBegun && chat.runId === null;
  useAction("keepChat", () => void keep(chat.id), canKeep);
  if (!isBegun) return null;
  return (
    <button
      type="button"
      className="text-button"
      title={say("temporary.keepHint")}
      disabled={!canKeep}
      onClick={() => void keep(chat.id)}
    >
      {say("temporary.keep")}
    </button>
  );
}
