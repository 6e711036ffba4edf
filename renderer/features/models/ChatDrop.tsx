import { useCallback, useState } from "react";
import { Notice } from "../../parts/Notice.tsx";
import { Sentence, slot } from "../../parts/Sentence.tsx";
import { useModels } from "../../stores/useStores.ts";
import { useSay } from "../../texts.ts";
import { useDroppedFiles } from "./useDroppedFiles.ts";

/** Files dropped on a chat: models are opened, which shows what they are; for other files, it says what can be done. */
export function ChatDrop() {
  const say = useSay("models");
  const openDropped = useModels((state) => state.openDropped);
  const [refused, setRefused] = useState<string | null>(null);
  const dropped = useCallback(
    async (files: readonly File[]) => {
      const models = files.filter(({ name }) => /\.gguf$/i.test(name));
      setRefused(files.find((file) => !models.includes(file))?.name ?? null);
      if (models.length > 0) await openDropped(models);
    },
    [openDropped],
  );
  const isOver = useDroppedFiles(dropped);
  return (
    <>
      {isOver && <p className="chat-drop">{say("drop.over")}</p>}
      <output className="notice-list">
        {refused !== null && (
          <Notice key={refused} onDismiss={() => setRefused(null)}>
            <Sentence text={say("drop.refused", { name: slot("name") })} slots={{ name: <bdi>{refused}</bdi> }} />
          </Notice>
        )}
      </output>
    </>
  );
}
