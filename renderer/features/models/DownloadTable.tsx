import { useCatalog, useDownloads } from "../../stores/useStores.ts";
import { DownloadProgress } from "./DownloadProgress.tsx";
import { isDownloadOf } from "./isDownloadOf.ts";

/** Downloads of models outside the R1 family; those inside it show in their own rows. */
export function DownloadTable() {
  const list = useDownloads((state) => state.list);
  const catalog = useCatalog((state) => state.catalog);
  const family = catalog.state === "ready" ? catalog.value.models.flatMap(({ variants }) => variants) : [];
  const others = list.filter((download) => !family.some((variant) => isDownloadOf(download, variant)));
  if (others.length === 0) return null;
  return (
    <section aria-labelledby="downloads-heading">
      <h2 id="downloads-heading">Downloads</h2>
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
