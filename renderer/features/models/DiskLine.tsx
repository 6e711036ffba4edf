import { bytes } from "../../parts/figures.ts";
import { useModels } from "../../stores/useStores.ts";
import { ownerNames } from "./ownerNames.ts";

/** What models take on the disk, what is left, and what adopting has saved. */
export function DiskLine() {
  const disk = useModels((state) => state.disk);
  const list = useModels((state) => state.list);
  if (disk === null) return null;
  const adopted = list.state === "ready" ? list.value.filter(({ owner }) => ownerNames[owner] !== undefined) : [];
  const savedBytes = adopted.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
  return (
    <p className="page-note disk-line">
      <span className="figure">{bytes(disk.modelsBytes)}</span> in <bdi className="path">{disk.folder}</bdi>;{" "}
      <span className="figure">{bytes(disk.freeBytes)}</span> of{" "}
      <span className="figure">{bytes(disk.totalBytes)}</span> free.
      {savedBytes > 0 && (
        <>
          {" "}
          <span className="figure">{bytes(savedBytes)}</span> saved by using other apps’ files where they lie.
        </>
      )}
    </p>
  );
}
