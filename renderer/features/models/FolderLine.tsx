import { FolderOpen } from "lucide-react";
import { ownerName } from "../../../electron/texts/ownerName.ts";
import { Sentence, slot } from "../../parts/Sentence.tsx";
import { useModels } from "../../stores/useStores.ts";
import { useTexts } from "../../texts.ts";

/** The models folder, and what using other apps' files in place has saved. */
export function FolderLine() {
  const texts = useTexts();
  const { say, figures } = texts;
  const disk = useModels((state) => state.disk);
  const list = useModels((state) => state.list);
  const openFolder = useModels((state) => state.openFolder);
  if (disk === null) return null;
  const adopted = list.state === "ready" ? list.value.filter(({ owner }) => ownerName(texts, owner) !== null) : [];
  const savedBytes = adopted.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
  return (
    <div className="section-line">
      <FolderOpen size={16} aria-hidden />
      <bdi>{disk.folder}</bdi>
      <button
        type="button"
        className="text-button"
        aria-label={say("models:disk.openLabel")}
        onClick={() => void openFolder()}
      >
        {say("models:disk.open")}
      </button>
      {savedBytes > 0 && (
        <span>
          <Sentence
            text={say("models:disk.saved", { saved: slot("saved") })}
            slots={{ saved: <span className="figure">{figures.bytes(savedBytes)}</span> }}
          />
        </span>
      )}
    </div>
  );
}
