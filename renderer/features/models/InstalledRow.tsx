import { FileText, FolderOpen, Gauge, Info, Settings2, Trash2, X } from "lucide-react";
import { useState } from "react";
import type { CatalogModel, CatalogVariant } from "../../../electron/contract/catalog.ts";
import type { FileModel } from "../../../electron/contract/models.ts";
import { ownedFileText } from "../../../electron/texts/ownedFileText.ts";
import { Badge } from "../../parts/Badge.tsx";
import { MenuLine } from "../../parts/MenuLine.tsx";
import { MenuRow } from "../../parts/MenuRow.tsx";
import { WhatHappened } from "../../parts/ProblemWords.tsx";
import { fitKey } from "../../stores/fit.ts";
import { useModelForNewChats } from "../../stores/useChosenModel.ts";
import { useCatalog, useFit, useHub, useModels } from "../../stores/useStores.ts";
import { useFigures, useSay, useTexts } from "../../texts.ts";
import { AskToRemove } from "./AskToRemove.tsx";
import { FaultCell } from "./FaultCell.tsx";
import { FaultDetail } from "./FaultDetail.tsx";
import { installedFit, subjectOf } from "./installedFit.ts";
import { LicenceDialog } from "./LicenceDialog.tsx";
import { LoadCell } from "./LoadCell.tsx";
import { MemoryCell, MemoryWords } from "./MemoryCell.tsx";
import { ModelChoicesForm } from "./ModelChoicesForm.tsx";
import { ModelFacts } from "./ModelFacts.tsx";
import { ModelRow } from "./ModelRow.tsx";
import { RowMenu } from "./RowMenu.tsx";
import { SizeCell } from "./SizeCell.tsx";
import { SpeedCell } from "./SpeedCell.tsx";
import { UseModel } from "./UseModel.tsx";
import { useKnownSpeed } from "./useKnownSpeed.ts";
import { useLicenceName } from "./useLicenceName.ts";
import { useStartDownload } from "./useStartDownload.tsx";

export interface InstalledRowProps {
  model: FileModel;
  /** The model of the family that it is. Undefined if it is another one. */
  family: { model: CatalogModel; variant: CatalogVariant } | undefined;
  /** Whether another model has the same name, so that the file tells them apart. */
  hasNamesake: boolean;
  /** Whether it is the recommended one, so that its button is the one to press. */
  isRecommended: boolean;
}

type Panel = "fault" | "facts" | "settings";

/** A model on this machine, whatever its owner. */
export function InstalledRow({ model, family, hasNamesake, isRecommended }: InstalledRowProps) {
  const say = useSay("models");
  const texts = useTexts();
  const figures = useFigures();
  const licenceName = useLicenceName();
  const [panel, setPanel] = useState<Panel | null>(null);
  const [asks, setAsks] = useState<"delete" | "forget" | "licence" | null>(null);
  const loaded = useModels((state) => state.loaded);
  const unload = useModels((state) => state.unload);
  const showFile = useModels((state) => state.showFile);
  const usableBytes = useCatalog(({ catalog }) => (catalog.state === "ready" ? catalog.value.usableBytes : null));
  const fit = useFit(({ fits }) => fits[fitKey(subjectOf(model))]);
  const endpoint = useHub((state) => state.access?.endpoint);
  const isDefault = useModelForNewChats()?.id === model.id;
  const download = useStartDownload();
  const memory = installedFit(model, loaded, fit, usableBytes);
  const speed = useKnownSpeed(model, fit?.speed ?? null, memory);
  const isLoaded = loaded.state === "ready" && loaded.modelId === model.id;
  const isLoading = loaded.state === "loading" && loaded.modelId === model.id;
  const [problem] = model.problems;
  const isUsable = problem === undefined || problem.code === "model-crashed-engine";
  const { name, parameters, licence, builtIn, owner } = model;
  const isDeletable = owner === "downloads";
  const isForgettable = owner !== "app" && owner !== "downloads";
  const toggle = (next: Panel): void => setPanel(panel === next ? null : next);
  const otherSizes = family?.model.variants.filter(({ installedModelId }) => installedModelId === null) ?? [];

  const busy = isLoading ? (
    <LoadCell name={name} progress={loaded} />
  ) : isUsable ? undefined : (
    <FaultCell problem={problem} isOpen={panel === "fault"} onToggle={() => toggle("fault")} />
  );
  const detail =
    panel === "fault" && problem !== undefined ? (
      <FaultDetail problem={problem} />
    ) : panel === "facts" ? (
      <ModelFacts model={model} fit={memory} speed={speed} />
    ) : panel === "settings" ? (
      <ModelChoicesForm model={model} />
    ) : null;
  return (
    <>
      <ModelRow
        name={name}
        place={builtIn ? undefined : model.source.path}
        badges={
          <>
            {isLoaded && <Badge accent>{say("badges.loaded")}</Badge>}
            {isDefault && (
              <span title={say("badges.defaultHint")}>
                <Badge>{say("badges.default")}</Badge>
              </span>
            )}
            {builtIn && <Badge>{say("badges.demo")}</Badge>}
          </>
        }
        memoryWords={memory !== null ? <MemoryWords fit={memory} /> : undefined}
        facts={[
          hasNamesake && !builtIn && <bdi key="file">{fileNameOf(model)}</bdi>,
          isUsable && problem !== undefined && (
            <span key="problem" className="row-problem">
              <WhatHappened problem={problem} />
            </span>
          ),
          builtIn ? say("installed.demoUse") : family !== undefined && say(`family.uses.${family.model.goodFor}`),
          ownedFileText(texts, owner),
          parameters > 0 && figures.weightsShort(parameters),
          family?.model.licence ?? (licence === null ? say("facts.noLicence") : licenceName(licence)),
        ]}
        size={
          <SizeCell
            sizeBytes={model.sizeBytes}
            quantization={model.quantization === "unknown" ? null : model.quantization}
          />
        }
        memory={<MemoryCell fit={memory} />}
        speed={<SpeedCell words={speed} />}
        busy={busy}
        action={isUsable && <UseModel model={model} isDefault={isDefault} isRecommended={isRecommended} />}
        more={
          <RowMenu name={name}>
            {isUsable && isLoaded && !isDefault && (
              <MenuRow icon={<X size={16} aria-hidden />} onClick={() => void unload()}>
                {say("installed.unload")}
              </MenuRow>
            )}
            {isUsable && (
              <MenuRow icon={<Settings2 size={16} aria-hidden />} onClick={() => toggle("settings")}>
                {say("menu.settings")}
              </MenuRow>
            )}
            {isUsable && (
              <MenuRow
                icon={<Gauge size={16} aria-hidden />}
                onClick={() => (window.location.hash = "#/hardware/benchmark")}
              >
                {say("menu.measure")}
              </MenuRow>
            )}
            <MenuRow icon={<Info size={16} aria-hidden />} onClick={() => toggle("facts")}>
              {say("menu.facts")}
            </MenuRow>
            <MenuRow icon={<FileText size={16} aria-hidden />} onClick={() => setAsks("licence")}>
              {say("menu.licence")}
            </MenuRow>
            {!builtIn && (
              <MenuRow icon={<FolderOpen size={16} aria-hidden />} onClick={() => void showFile(model.id)}>
                {say("menu.openFolder")}
              </MenuRow>
            )}
            {family !== undefined && otherSizes.length > 0 && (
              <>
                <MenuLine />
                <p className="menu-note">{say("menu.otherSizes")}</p>
                {otherSizes.map(({ id, size, quantization, sizeBytes, file }) => (
                  <MenuRow
                    key={id}
                    hint={`${figures.bytes(sizeBytes)} ${quantization}`}
                    onClick={() =>
                      download.start({ name, file, llamaVersion: family.model.llamaVersion, verifiable: true })
                    }
                  >
                    {say(`family.sizes.${size}`)}
                  </MenuRow>
                ))}
              </>
            )}
            {(isDeletable || isForgettable) && <MenuLine />}
            {isDeletable && (
              <MenuRow icon={<Trash2 size={16} aria-hidden />} isDanger onClick={() => setAsks("delete")}>
                {say("installed.delete")}
              </MenuRow>
            )}
            {isForgettable && (
              <MenuRow icon={<X size={16} aria-hidden />} onClick={() => setAsks("forget")}>
                {say("installed.remove")}
              </MenuRow>
            )}
          </RowMenu>
        }
        detail={detail}
      />
      {asks === "licence" && (
        <LicenceDialog
          name={name}
          licence={licence}
          llamaVersion={family?.model.llamaVersion ?? null}
          isFamily={family !== undefined || builtIn}
          page={family === undefined || endpoint === undefined ? null : `${endpoint}/${family.variant.file.repo}`}
          onClose={() => setAsks(null)}
        />
      )}
      {(asks === "delete" || asks === "forget") && (
        <AskToRemove what={asks} model={model} onClose={() => setAsks(null)} />
      )}
      {download.question}
    </>
  );
}

const fileNameOf = ({ source }: FileModel): string => source.path.split(/[/\\]/).at(-1) ?? "";
