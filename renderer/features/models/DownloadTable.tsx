import type { Download } from "../../../electron/contract/downloads.ts";
import type { Model } from "../../../electron/contract/models.ts";
import { useCatalog, useDownloads, useModels } from "../../stores/useStores.ts";
import { useSay } from "../../texts.ts";
import { DownloadProgress } from "./DownloadProgress.tsx";
import { isDownloadOf } from "./isDownloadOf.ts";

/** Downloads of models outside the R1 family. Those of the family, and finished ones, are shown in their own rows. */
export function DownloadTable() {
  const say = useSay("downloads");
  const list = useDownloads((state) => state.list);
  const catalog = useCatalog((state) => state.catalog);
  const family = catalog.state === "ready" ? catalog.value.models.flatMap(({ variants }) => variants) : [];
  const models = useModels((state) => state.list);
  const installed = models.state === "ready" ? models.value : [];
  const others = list.filter(
    (download) => !hasArrived(download, installed) && !family.some((variant) => isDownloadOf(download, variant)),
  );
  if (others.length === 0) return null;
  return (
    <section aria-labelledby="downloads-heading">
      <h2 id="downloads-heading">{say("heading")}</h2>
      <table className="facts-table model-table">
        <colgroup>
          <col className="column-name" />
          <col />
        </colgroup>
        <tbody>
          {others.map((download) => (
            <tr key={download.id} aria-label={download.name}>
              <td>
                <bdi className="model-cell-name">{download.name}</bdi>
                <p className="path">
                  <bdi>{download.file.repo}</bdi>
                </p>
              </td>
              <td className="cell-download">
                <DownloadProgress download={download} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

const hasArrived = ({ status }: Download, installed: readonly Model[]): boolean =>
  status.state === "done" && installed.some(({ source }) => source.path === status.path);
