import { useEffect } from "react";
import { isFile } from "../../../electron/contract/modelKinds.ts";
import type { Catalog } from "../../../electron/contract/catalog.ts";
import type { FileModel, Model } from "../../../electron/contract/models.ts";
import { ProblemNotice } from "../../parts/ProblemNotice.tsx";
import { fitKey } from "../../stores/fit.ts";
import { isDownloadOf } from "../../stores/isDownloadOf.ts";
import { useBenchmark, useCatalog, useDownloads, useFit, useHub, useModels } from "../../stores/useStores.ts";
import { useSay } from "../../texts.ts";
import { DownloadRow, type ModelDownload } from "./DownloadRow.tsx";
import { FolderLine } from "./FolderLine.tsx";
import { InstalledRow } from "./InstalledRow.tsx";
import { installedFit, subjectOf } from "./installedFit.ts";
import { measuredSpeed } from "./measuredSpeed.ts";
import { TableSection } from "./TableSection.tsx";
import { type Sorting, tableOrder } from "./tableOrder.ts";

export interface SectionProps {
  /** Only rows with all of these words are shown. */
  filter: string;
  sorting: Sorting | null;
}

/** The models on this machine, whatever their owner, and downloads that no other row shows. */
export function InstalledSection({ filter, sorting }: SectionProps) {
  const say = useSay("models");
  const list = useModels((state) => state.list);
  const refresh = useModels((state) => state.refresh);
  const disk = useModels((state) => state.disk);
  const loaded = useModels((state) => state.loaded);
  const catalog = useCatalog((state) => (state.catalog.state === "ready" ? state.catalog.value : null));
  const follow = useFit((state) => state.follow);
  const fits = useFit((state) => state.fits);
  const downloads = useOtherDownloads(catalog);
  const readHistory = useBenchmark((state) => state.readHistory);
  const history = useBenchmark((state) => (state.history.state === "ready" ? state.history.value : null));
  useEffect(() => {
    if (list.state === "ready") void follow(list.value.filter(isFile).map(subjectOf));
  }, [list, follow]);
  useEffect(() => void readHistory(), [readHistory]);

  const keysOf = (model: FileModel) => {
    const fit = fits[fitKey(subjectOf(model))];
    return {
      name: model.name,
      words: `${model.quantization} ${model.source.path}`,
      size: model.sizeBytes,
      memory: installedFit(model, loaded, fit, catalog?.usableBytes ?? null)?.need.totalBytes ?? null,
      speed:
        measuredSpeed(model, history?.results ?? [], history?.machineId ?? "")?.tokensPerSecond ??
        fit?.speed?.generation.value ??
        null,
    };
  };
  const files = list.state === "ready" ? list.value.filter(isFile) : [];
  const models = list.state === "ready" ? tableOrder(files, keysOf, filter, sorting) : [];
  const others = tableOrder(downloads, downloadKeys, filter, sorting);
  const usedBytes = list.state === "ready" ? files.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0) : 0;
  const note =
    disk !== null && list.state === "ready" ? say("installed.note", { used: usedBytes, free: disk.freeBytes }) : null;
  return (
    <TableSection
      title={say("installed.heading")}
      note={note !== null && <span className="quiet small clip">{note}</span>}
      foot={
        <>
          {list.state === "loading" && <p className="section-note">{say("installed.reading")}</p>}
          {list.state === "ready" && files.length === 0 && <p className="section-note">{say("installed.none")}</p>}
          {list.state === "failed" && (
            <div className="section-note">
              <ProblemNotice problem={list.problem}>
                <button type="button" className="button" onClick={() => void refresh()}>
                  {say("shell:tryAgain")}
                </button>
              </ProblemNotice>
            </div>
          )}
          <FolderLine />
        </>
      }
    >
      {models.length + others.length > 0 && (
        <>
          {models.map((model) => {
            const family = catalog === null ? undefined : familyOf(catalog, model);
            const recommended = catalog?.recommended?.variantId;
            return (
              <InstalledRow
                key={model.id}
                model={model}
                family={family}
                hasNamesake={models.some(({ id, name }) => id !== model.id && name === model.name)}
                isRecommended={recommended !== undefined && family?.variant.id === recommended}
              />
            );
          })}
          {others.map((download) => (
            <DownloadRow key={download.id} download={download} />
          ))}
        </>
      )}
    </TableSection>
  );
}

const downloadKeys = ({ name, file, sizeBytes }: ModelDownload) => ({
  name,
  words: file.repo,
  size: sizeBytes,
  memory: null,
  speed: null,
});

function familyOf({ models }: Catalog, { id }: Model) {
  for (const model of models) {
    const variant = model.variants.find(({ installedModelId }) => installedModelId === id);
    if (variant !== undefined) return { model, variant };
  }
  return undefined;
}

/** Returns the downloads that neither the family nor what was found on the hub shows. */
function useOtherDownloads(catalog: Catalog | null): ModelDownload[] {
  const list = useDownloads((state) => state.list);
  const found = useHub((state) => state.found);
  const shownRepos =
    found?.kind === "repo"
      ? [found.repo]
      : found?.kind === "repos" && found.repos.state === "ready"
        ? found.repos.value.map(({ repo }) => repo)
        : [];
  const family = catalog?.models.flatMap(({ variants }) => variants) ?? [];
  return list.filter(
    (download): download is ModelDownload =>
      download.file !== null &&
      download.status.state !== "done" &&
      !shownRepos.includes(download.file.repo) &&
      !family.some((variant) => isDownloadOf(download, variant)),
  );
}
