import type { ReactNode } from "react";
import { Sentence, slot } from "../../parts/Sentence.tsx";
import { useModels } from "../../stores/useStores.ts";
import { useFigures, useSay } from "../../texts.ts";
import { ownerNames } from "../../../electron/texts/ownerNames.ts";

/** The disk space that models use, what is free, and what adopting has saved. */
export function DiskLine() {
  const say = useSay("models");
  const figures = useFigures();
  const disk = useModels((state) => state.disk);
  const list = useModels((state) => state.list);
  if (disk === null) return null;
  const adopted = list.state === "ready" ? list.value.filter(({ owner }) => ownerNames[owner] !== undefined) : [];
  const savedBytes = adopted.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
  const figure = (value: number): ReactNode => <span className="figure">{figures.bytes(value)}</span>;
  return (
    <p className="page-note disk-line">
      <Sentence
        text={say("disk.use", {
          used: slot("used"),
          folder: slot("folder"),
          free: slot("free"),
          total: slot("total"),
        })}
        slots={{
          used: figure(disk.modelsBytes),
          folder: <bdi className="path">{disk.folder}</bdi>,
          free: figure(disk.freeBytes),
          total: figure(disk.totalBytes),
        }}
      />{" "}
      {savedBytes > 0 && (
        <Sentence text={say("disk.saved", { saved: slot("saved") })} slots={{ saved: figure(savedBytes) }} />
      )}
    </p>
  );
}
