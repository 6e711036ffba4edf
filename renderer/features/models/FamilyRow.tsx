import { ExternalLink, FileText } from "lucide-react";
import { useState } from "react";
import type { Catalog, CatalogModel } from "../../../electron/contract/catalog.ts";
import { Badge } from "../../parts/Badge.tsx";
import { MenuRow } from "../../parts/MenuRow.tsx";
import { isDownloadOf } from "../../stores/isDownloadOf.ts";
import { useDownloads, useHub, useModels, useShell } from "../../stores/useStores.ts";
import { useFigures, useReasonText, useSay } from "../../texts.ts";
import { LicenceDialog } from "./LicenceDialog.tsx";
import { MemoryCell, MemoryWords } from "./MemoryCell.tsx";
import { ModelRow } from "./ModelRow.tsx";
import { RowMenu } from "./RowMenu.tsx";
import { SizeMenu } from "./SizeCell.tsx";
import { SpeedCell } from "./SpeedCell.tsx";
import { useDownloadRow } from "./useDownloadRow.tsx";
import { useKnownSpeed } from "./useKnownSpeed.ts";
import { useStartDownload } from "./useStartDownload.tsx";
import { usualVariant } from "./usualVariant.ts";

export interface FamilyRowProps {
  model: CatalogModel;
  usableBytes: number;
  recommendation: Catalog["recommended"];
}

/** A model of the family that can be downloaded, with its sizes. */
export function FamilyRow({ model, usableBytes, recommendation }: FamilyRowProps) {
  const say = useSay("models");
  const figures = useFigures();
  const reasonText = useReasonText();
  const { name, goodFor, parameters, activeParameters, licence, llamaVersion, variants } = model;
  const downloads = useDownloads((state) => state.list);
  const freeBytes = useModels(({ disk }) => disk?.freeBytes ?? null);
  const endpoint = useHub((state) => state.access?.endpoint);
  const search = useHub((state) => state.search);
  const openLink = useShell((state) => state.openLink);
  const [chosenId, setChosenId] = useState<string | null>(null);
  const [showsLicence, setShowsLicence] = useState(false);
  const { start, question } = useStartDownload();

  const underWay = downloads.find(
    (each) => each.status.state !== "done" && variants.some((variant) => isDownloadOf(each, variant)),
  );
  const variant =
    variants.find((each) => underWay !== undefined && isDownloadOf(underWay, each)) ??
    variants.find(({ id }) => id === chosenId) ??
    usualVariant(variants, recommendation?.variantId);
  const isHere =
    variant !== undefined &&
    (variant.installedModelId !== null ||
      downloads.some((each) => each.status.state === "done" && isDownloadOf(each, variant)));
  const repo = variant?.file.repo ?? "";
  const fileCount = useHub(({ listings }) => {
    const listing = listings[repo];
    return listing?.state === "ready" ? listing.value.models.length : null;
  });
  const fit = variant ? { ...variant, usableBytes } : null;
  const speed = useKnownSpeed(undefined, variant?.speed ?? null, fit);
  const get = (verifiable: boolean): void => {
    if (variant !== undefined) start({ name, file: variant.file, llamaVersion, verifiable });
  };
  const shown = useDownloadRow(underWay, () => get(false));
  if (variant === undefined || fit === null) return null;

  const weights = figures.weightsShort(parameters);
  const isMixture = activeParameters < parameters / 2;
  const isRecommended = recommendation?.variantId === variant.id;
  const noRoom =
    freeBytes !== null && freeBytes < variant.sizeBytes
      ? say("family.noRoom", { needed: variant.sizeBytes, free: freeBytes })
      : undefined;
  const reason =
    recommendation && reasonText(`models:family.reasons.${recommendation.reason.code}`, recommendation.reason.facts);
  const allFiles = fileCount === null ? say("family.otherFiles") : say("family.otherFilesOf", { count: fileCount });
  return (
    <>
      <ModelRow
        name={name}
        badges={
          recommendation && (
            <span title={reason ?? undefined}>
              <Badge accent>{say("badges.recommended")}</Badge>
            </span>
          )
        }
        memoryWords={<MemoryWords fit={fit} />}
        facts={[
          say(`family.uses.${goodFor}`),
          isMixture ? say("facts.activeWeights", { weights, active: figures.weightsShort(activeParameters) }) : weights,
          licence,
        ]}
        size={
          <SizeMenu
            name={name}
            sizeBytes={variant.sizeBytes}
            quantization={variant.quantization}
            value={variant.id}
            options={variants.map(({ id, size, quantization, sizeBytes, installedModelId }) => ({
              value: id,
              label: say(`family.sizes.${size}`),
              hint:
                installedModelId === null
                  ? `${figures.bytes(sizeBytes)} ${quantization}`
                  : `${figures.bytes(sizeBytes)} ${quantization}, ${say("family.here")}`,
            }))}
            onChange={setChosenId}
          >
            <MenuRow onClick={() => void search(`hf:${repo}`)}>{allFiles}</MenuRow>
          </SizeMenu>
        }
        memory={<MemoryCell fit={fit} />}
        speed={<SpeedCell words={speed} />}
        action={
          !isHere ? (
            <button
              type="button"
              className={isRecommended ? "button primary" : "button"}
              title={noRoom}
              onClick={() => get(true)}
            >
              {say("family.download")}
            </button>
          ) : (
            <span className="row-word">{say("family.installed")}</span>
          )
        }
        more={
          <RowMenu name={name}>
            <MenuRow icon={<FileText size={16} aria-hidden />} onClick={() => setShowsLicence(true)}>
              {say("menu.licence")}
            </MenuRow>
            {endpoint !== undefined && (
              <MenuRow
                icon={<ExternalLink size={16} aria-hidden />}
                onClick={() => void openLink(`${endpoint}/${repo}`)}
              >
                {say("menu.openPage")}
              </MenuRow>
            )}
          </RowMenu>
        }
        {...shown}
      />
      {showsLicence && (
        <LicenceDialog
          name={name}
          licence="mit"
          llamaVersion={llamaVersion}
          isFamily
          page={endpoint === undefined ? null : `${endpoint}/${repo}`}
          onClose={() => setShowsLicence(false)}
        />
      )}
      {question}
    </>
  );
}
