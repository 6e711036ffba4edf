import { ExternalLink, FileText } from "lucide-react";
import { useEffect, useState } from "react";
import type { FitSubject } from "../../../electron/contract/fit.ts";
import type { HubModelFile, HubRepo } from "../../../electron/contract/hub.ts";
import { Badge } from "../../parts/Badge.tsx";
import { MenuRow } from "../../parts/MenuRow.tsx";
import { fitKey } from "../../stores/fit.ts";
import { isDownloadOf } from "../../stores/isDownloadOf.ts";
import { pathOf } from "../../../electron/contract/modelKinds.ts";
import { useDownloads, useFit, useHub, useModels, useShell } from "../../stores/useStores.ts";
import { useFigures, useSay } from "../../texts.ts";
import { FaultCell } from "./FaultCell.tsx";
import { FaultDetail } from "./FaultDetail.tsx";
import { LicenceDialog } from "./LicenceDialog.tsx";
import { llamaVersionOf } from "./llamaLicence.ts";
import { MemoryCell, MemoryWords } from "./MemoryCell.tsx";
import { ModelRow, type ModelRowProps } from "./ModelRow.tsx";
import { RowMenu } from "./RowMenu.tsx";
import { SizeCell, SizeMenu } from "./SizeCell.tsx";
import { SpeedCell } from "./SpeedCell.tsx";
import { useDownloadRow } from "./useDownloadRow.tsx";
import { useKnownSpeed } from "./useKnownSpeed.ts";
import { useLicenceName } from "./useLicenceName.ts";
import { useStartDownload } from "./useStartDownload.tsx";
import { usualFile } from "./usualFile.ts";

export interface HubRowProps {
  repo: string;
  revision: string;
  /** The file that a link leads to. Null: all files. */
  path: string | null;
  /** What the search says about it. Null: it was not searched for. */
  found: HubRepo | null;
  /** Whether the row stands for the file, and not for the repository with its files as sizes. */
  isFile?: boolean;
}

/** A repository on the hub, with its files as sizes to choose from; or one file of it. */
export function HubRow({ repo, revision, path, found, isFile = false }: HubRowProps) {
  const say = useSay("hub");
  const figures = useFigures();
  const licenceName = useLicenceName();
  const listing = useHub(({ listings }) => listings[repo]);
  const openRepo = useHub((state) => state.openRepo);
  const endpoint = useHub((state) => state.access?.endpoint);
  const openLink = useShell((state) => state.openLink);
  const downloads = useDownloads((state) => state.list);
  const follow = useFit((state) => state.follow);
  const fits = useFit((state) => state.fits);
  const installed = useModels(({ list }) => (list.state === "ready" ? list.value : []));
  const [chosenPath, setChosenPath] = useState<string | null>(path);
  const [isOpen, setOpen] = useState(false);
  const [showsLicence, setShowsLicence] = useState(false);
  const { start, question } = useStartDownload();
  const files = listing?.state === "ready" ? listing.value.models : [];
  useEffect(() => {
    if (listing?.state === "ready") void follow(listing.value.models.filter(isSized).map(subjectOf));
  }, [listing, follow]);

  const underWay = downloads.find(
    (each) => each.file?.repo === repo && each.status.state !== "done" && (path === null || each.file.path === path),
  );
  const file =
    files.find((each) => underWay !== undefined && isDownloadOf(underWay, each)) ??
    (chosenPath === null
      ? usualFile(files, (each) => fits[fitKey(subjectOf(each))]?.verdict)
      : files.find((each) => each.file.path === chosenPath));
  const fit = file === undefined ? undefined : fits[fitKey(subjectOf(file))];
  const speed = useKnownSpeed(undefined, fit?.speed ?? null, fit ?? null);
  const licence = listing?.state === "ready" ? listing.value.licence : null;
  const isHere =
    file !== undefined &&
    (downloads.some((each) => isDownloadOf(each, file) && each.status.state === "done") ||
      installed.some((model) => model.owner === "downloads" && isAt(pathOf(model) ?? "", repo, file.file.path)));
  const get = (verifiable: boolean): void => {
    if (file !== undefined) {
      start({ name: file.name, file: file.file, llamaVersion: llamaVersionOf(licence), verifiable });
    }
  };
  const shown = useDownloadRow(underWay, () => get(false));

  const page = endpoint === undefined ? null : `${endpoint}/${repo}`;
  const parts = cellsOf();
  const facts = [
    isFile && <bdi key="repo">{repo}</bdi>,
    found !== null && found.downloads !== null && say("downloads", { count: found.downloads }),
    listing?.state === "ready" && (licence === null ? say("models:facts.noLicence") : licenceName(licence)),
    file !== undefined && file.parts > 1 && say("models:facts.files", { count: file.parts }),
    file !== undefined && !file.complete && (
      <span key="incomplete" className="row-problem">
        {say("incomplete")}
      </span>
    ),
    listing?.state === "ready" && listing.value.gated && say("needsToken"),
  ];
  return (
    <>
      <ModelRow
        name={isFile && file !== undefined ? file.name : repo}
        label={
          file === undefined ? repo : isFile ? labelAmong(file, files) : say("rowLabel", { name: file.name, repo })
        }
        badges={
          found?.gated === true && (
            <span title={say("gatedHint")}>
              <Badge>{say("gated")}</Badge>
            </span>
          )
        }
        memoryWords={fit ? <MemoryWords fit={fit} /> : undefined}
        facts={facts}
        more={
          <RowMenu name={isFile && file !== undefined ? file.name : repo}>
            {listing?.state === "ready" && (
              <MenuRow icon={<FileText size={16} aria-hidden />} onClick={() => setShowsLicence(true)}>
                {say("models:menu.licence")}
              </MenuRow>
            )}
            {page !== null && (
              <MenuRow icon={<ExternalLink size={16} aria-hidden />} onClick={() => void openLink(page)}>
                {say("models:menu.openPage")}
              </MenuRow>
            )}
          </RowMenu>
        }
        {...parts}
        {...shown}
      />
      {showsLicence && (
        <LicenceDialog
          name={repo}
          licence={licence}
          llamaVersion={llamaVersionOf(licence)}
          isFamily={false}
          page={page}
          onClose={() => setShowsLicence(false)}
        />
      )}
      {question}
    </>
  );

  /** Returns what the row shows while nothing is downloaded. */
  function cellsOf(): Pick<ModelRowProps, "size" | "memory" | "speed" | "busy" | "action" | "detail"> {
    const again = (words: string) => (
      <button type="button" className="button" onClick={() => void openRepo(repo, revision)}>
        {words}
      </button>
    );
    if (listing === undefined) return { action: again(say("showFiles")) };
    if (listing.state === "loading") {
      return { busy: <span className="quiet small clip">{say("readingRepo", { repo })}</span>, action: null };
    }
    if (listing.state === "failed") {
      const { problem } = listing;
      return {
        busy: <FaultCell problem={problem} isNews isOpen={isOpen} onToggle={() => setOpen(!isOpen)} />,
        action: again(say("shell:tryAgain")),
        detail: isOpen && (
          <FaultDetail problem={problem}>
            {page !== null && (
              <button type="button" className="text-button" onClick={() => void openLink(page)}>
                {say("openPage")}
              </button>
            )}
          </FaultDetail>
        ),
      };
    }
    if (file === undefined) {
      const words = path === null ? say("noModel", { repo }) : say("noSuchModel", { path, repo });
      return { busy: <span className="quiet small">{words}</span>, action: null };
    }
    return {
      size:
        isFile || files.length === 1 ? (
          <SizeCell sizeBytes={file.sizeBytes} quantization={file.quantization} />
        ) : (
          <SizeMenu
            name={repo}
            sizeBytes={file.sizeBytes}
            quantization={file.quantization}
            value={file.file.path}
            options={files.map((each) => ({
              value: each.file.path,
              label: <bdi>{labelOf(each, files)}</bdi>,
              hint: figures.bytes(each.sizeBytes),
            }))}
            onChange={setChosenPath}
          />
        ),
      memory: <MemoryCell fit={fit ?? null} />,
      speed: <SpeedCell words={speed} />,
      action: isHere ? (
        <span className="row-word">{say("models:family.installed")}</span>
      ) : (
        <button
          type="button"
          className="button"
          disabled={!file.complete}
          title={file.complete ? undefined : say("incomplete")}
          onClick={() => get(file.verifiable)}
        >
          {say("models:family.download")}
        </button>
      ),
    };
  }
}

const isSized = ({ sizeBytes }: HubModelFile): boolean => sizeBytes > 0;
const subjectOf = ({ name, quantization, sizeBytes }: HubModelFile): FitSubject => ({
  kind: "hub",
  name,
  quantization,
  sizeBytes,
});

/** Returns the quantization, or the file's name where it does not tell two files apart. */
function labelOf({ file, quantization }: HubModelFile, files: readonly HubModelFile[]): string {
  const isAlone = files.filter((each) => each.quantization === quantization).length === 1;
  return quantization !== null && isAlone ? quantization : fileNameOf(file.path);
}

/** Returns the name, with what tells the file from others of this name. */
function labelAmong(model: HubModelFile, files: readonly HubModelFile[]): string {
  const isAlone = files.filter(({ name }) => name === model.name).length === 1;
  return isAlone ? model.name : `${model.name} · ${labelOf(model, files)}`;
}

const fileNameOf = (path: string): string => path.split("/").at(-1) ?? path;

/** Returns whether a file of the models folder is this file of the hub. */
function isAt(sourcePath: string, repo: string, path: string): boolean {
  return sourcePath.replaceAll("\\", "/").endsWith(`/${repo}/${path}`);
}
