import { FolderOpen } from "lucide-react";
import { ownerName } from "../../../electron/texts/ownerName.ts";
import { Badge } from "../../parts/Badge.tsx";
import { PathName } from "../../parts/PathName.tsx";
import { Sentence, slot } from "../../parts/Sentence.tsx";
import { useFolder, useModels } from "../../stores/useStores.ts";
import { useTexts } from "../../texts.ts";
import { FolderMoveLine } from "./FolderMoveLine.tsx";
import { MoveFolderSheet } from "./MoveFolderSheet.tsx";

/** The models folder, how to change it, and what using other apps' files in place has saved. */
export function FolderLine() {
  const texts = useTexts();
  const { say, figures } = texts;
  const folder = useFolder((state) => state.folder);
  const plan = useFolder((state) => state.plan);
  const choose = useFolder((state) => state.choose);
  const planBack = useFolder((state) => state.planBack);
  const open = useFolder((state) => state.open);
  const list = useModels((state) => state.list);
  if (folder === null) return null;
  const adopted = list.state === "ready" ? list.value.filter(({ owner }) => ownerName(texts, owner) !== null) : [];
  const savedBytes = adopted.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
  const isMoving = folder.move.state !== "none";
  const action = (words: string, label: string, onClick: () => Promise<void>) => (
    <button type="button" className="text-button" aria-label={label} onClick={() => void onClick()}>
      {words}
    </button>
  );
  return (
    <>
      <div className="section-line">
        <FolderOpen size={16} aria-hidden />
        <PathName path={folder.path} />
        {folder.isMissing && <Badge>{say("models:folder.missing")}</Badge>}
        {!folder.isMissing && action(say("models:disk.open"), say("models:disk.openLabel"), open)}
        {!isMoving && action(say("models:folder.change"), say("models:folder.changeLabel"), choose)}
        {!isMoving && !folder.isInHome && action(say("models:folder.back"), say("models:folder.backLabel"), planBack)}
        {savedBytes > 0 && (
          <span>
            <Sentence
              text={say("models:disk.saved", { saved: slot("saved") })}
              slots={{ saved: <span className="figure">{figures.bytes(savedBytes)}</span> }}
            />
          </span>
        )}
      </div>
      <FolderMoveLine move={folder.move} />
      {plan !== null && <MoveFolderSheet plan={plan} />}
    </>
  );
}
