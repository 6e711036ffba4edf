import { Paperclip } from "lucide-react";
import { useAction } from "../../app/useAction.ts";
import { IconButton } from "../../parts/IconButton.tsx";
import { useDocuments } from "../../stores/useStores.ts";
import { useSay } from "../../texts.ts";

/** Asks which documents to attach to the message. */
export function AttachButton() {
  const say = useSay("chats");
  const choose = useDocuments((state) => state.choose);
  useAction("attachDocuments", () => void choose());
  return (
    <IconButton label={say("documents.attach")} tip={say("documents.attachHint")} onClick={() => void choose()}>
      <Paperclip size={16} aria-hidden />
    </IconButton>
  );
}
