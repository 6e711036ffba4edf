import { useCallback } from "react";
import { useDocuments, useModels } from "../../stores/useStores.ts";
import { useSay } from "../../texts.ts";
import { useDroppedFiles } from "./useDroppedFiles.ts";

/** Files dropped on a chat: models are opened, which shows what they are; other files are attached to the message. */
export function ChatDrop() {
  const say = useSay("models");
  const openDropped = useModels((state) => state.openDropped);
  const attach = useDocuments((state) => state.attach);
  const dropped = useCallback(
    async (files: readonly File[]) => {
      const models = files.filter(({ name }) => /\.gguf$/i.test(name));
      const documents = files.filter((file) => !models.includes(file));
      if (documents.length > 0) await attach(documents);
      if (models.length > 0) await openDropped(models);
    },
    [attach, openDropped],
  );
  const isOver = useDroppedFiles(dropped);
  return isOver && <p className="chat-drop">{say("drop.over")}</p>;
}
