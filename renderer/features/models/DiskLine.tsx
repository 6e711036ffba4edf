import type { ReactNode } from "react";
import { Sentence, slot } from "../../parts/Sentence.tsx";
import { useModels } from "../../stores/useStores.ts";
import { useTexts } from "../../texts.ts";
import { joinSentences } from "../../../electron/texts/joinSentences.ts";
import { ownerName } from "../../../electron/texts/ownerName.ts";

/** The disk space that models use, what is free, and what adopting has saved. */
export function DiskLine() {
  const texts = useTexts();
  const { say, figures } = texts;
  const disk = useModels((state) => state.disk);
  const list = useModels((state) => state.list);
  if (disk === null) return null;
  const adopted = list.state === "ready" ? list.value.filter(({ owner }) => ownerName(texts, owner) !== null) : [];
  const savedBytes = adopted.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
  const figure = (value: number): ReactNode => <span className="figure">{figures.bytes(value)}</span>;
  return (
    <p className="page-note disk-line">
      <Sentence
        text={joinSentences(texts, [
          say("models:disk.use", {
            used: slot("used"),
            folder: slot("folder"),
            free: slot("free"),
            total: slot("total"),
          }),
          savedBytes > 0 ? say("models:disk.saved", { saved: slot("saved") }) : null,
        ])}
        slots={{
          used: figure(disk.modelsBytes),
          folder: <bdi className="path">{disk.folder}</bdi>,
          free: figure(disk.freeBytes),
          total: figure(disk.totalBytes),
          saved: figure(savedBytes),
        }}
      />
    </p>
  );
}
