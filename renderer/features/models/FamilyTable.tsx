import { useState } from "react";
import type { Catalog, CatalogModel, CatalogVariant } from "../../../electron/contract/catalog.ts";
import type { Download } from "../../../electron/contract/downloads.ts";
import { ProblemNotice } from "../../parts/ProblemNotice.tsx";
import { useCatalog, useDownloads, useHub, useModels } from "../../stores/useStores.ts";
import { Sentence, slot } from "../../parts/Sentence.tsx";
import { useFigures, useReasonText, useSay } from "../../texts.ts";
import { DownloadProgress } from "./DownloadProgress.tsx";
import { isDownloadOf } from "./isDownloadOf.ts";
import { MemoryBar } from "./MemoryBar.tsx";
import { ModelColumns } from "./ModelColumns.tsx";
import { SpeedCell } from "./SpeedCell.tsx";
import { SpeedNote } from "./SpeedNote.tsx";

/** The R1 family on this machine: the recommended model first, the others by size. */
export function FamilyTable() {
  const say = useSay("models");
  const catalog = useCatalog((state) => state.catalog);
  const refresh = useCatalog((state) => state.refresh);
  return (
    <section aria-labelledby="family-heading">
      <h2 id="family-heading">{say("family.heading")}</h2>
      {catalog.state === "loading" && <p className="page-note">{say("family.reading")}</p>}
      {catalog.state === "failed" && (
        <ProblemNotice problem={catalog.problem}>
          <button type="button" className="button" onClick={() => void refresh()}>
            {say("shell:tryAgain")}
          </button>
        </ProblemNotice>
      )}
      {catalog.state === "ready" && <Family catalog={catalog.value} />}
    </section>
  );
}

function Family({ catalog }: { catalog: Catalog }) {
  const say = useSay("models");
  const figures = useFigures();
  const { models, recommended, memoryBytes, usableBytes } = catalog;
  const first = models.find(({ variants }) => variants.some(({ id }) => id === recommended?.variantId));
  const ordered = first ? [first, ...models.filter((model) => model !== first)] : models;
  return (
    <>
      <table className="facts-table model-table">
        <ModelColumns />
        <tbody>
          {ordered.map((model) => (
            <FamilyRow
              key={model.id}
              model={model}
              usableBytes={usableBytes}
              recommendation={model === first ? recommended : null}
            />
          ))}
        </tbody>
      </table>
      <SizesNote catalog={catalog} />
      <SpeedNote />
      {recommended === null && (
        <p className="page-note">
          <Sentence
            text={say("family.noneFits", { memory: slot("memory") })}
            slots={{ memory: <span className="figure">{figures.bytes(memoryBytes)}</span> }}
          />
        </p>
      )}
    </>
  );
}

/** Where the sizes come from. The hub is asked only if the user chooses so. */
function SizesNote({ catalog }: { catalog: Catalog }) {
  const say = useSay("models");
  const asking = useCatalog((state) => state.asking);
  const problem = useCatalog((state) => state.problem);
  const askHub = useCatalog((state) => state.askHub);
  const endpoint = useHub((state) => state.access?.endpoint ?? null);
  const computed = catalog.models.flatMap(({ variants }) => variants).filter(({ sizeFrom }) => sizeFrom === "shape");
  return (
    <>
      <p className="page-note sizes-note">
        {say(computed.length === 0 ? "family.sizesFromHub" : "family.sizesComputed")}{" "}
        {computed.length > 0 && (
          <button
            type="button"
            className="quiet-button"
            disabled={asking}
            title={endpoint ?? undefined}
            onClick={() => void askHub()}
          >
            {say(asking ? "family.askingHub" : "family.askHub")}
          </button>
        )}
      </p>
      {problem && <ProblemNotice problem={problem} />}
    </>
  );
}

interface FamilyRowProps {
  model: CatalogModel;
  usableBytes: number;
  recommendation: Catalog["recommended"];
}

function FamilyRow({ model, usableBytes, recommendation }: FamilyRowProps) {
  const say = useSay("models");
  const figures = useFigures();
  const reasonText = useReasonText();
  const { name, goodFor, parameters, activeParameters, contextLength, licence, llamaVersion, variants } = model;
  const downloads = useDownloads((state) => state.list);
  const [chosenId, setChosenId] = useState<string | null>(null);
  const running = underWay(downloads, variants);
  const variant =
    (chosenId === null ? running?.variant : undefined) ??
    variants.find(({ id }) => id === chosenId) ??
    variants.find(({ id }) => id === recommendation?.variantId) ??
    usual(variants);
  const installed = useModels(({ list }) => (list.state === "ready" ? list.value : null));
  if (variant === undefined) return null;
  const measured = installed?.find(({ id }) => id === variant.installedModelId)?.measuredTokensPerSecond;
  const download = downloads.find(
    (each) => isDownloadOf(each, variant) && (each.status.state !== "done" || variant.installedModelId === null),
  );
  const isMixture = activeParameters < parameters / 2;
  const weights = figures.weightsShort(parameters);
  const facts = [
    isMixture
      ? say("facts.activeWeights", { weights, active: figures.weightsShort(activeParameters) })
      : say("facts.weights", { weights }),
    say("facts.context", { tokens: contextLength }),
    licence,
    variant.parts > 1 && say("facts.files", { count: variant.parts }),
  ];
  return (
    <tr aria-label={name}>
      <td>
        <bdi className="model-cell-name">{name}</bdi>
        {recommendation && (
          <span className="tag is-recommended" title={say("family.recommended")}>
            {reasonText(`models:family.reasons.${recommendation.reason.code}`, recommendation.reason.facts)}
          </span>
        )}
        <p>{say(`family.uses.${goodFor}`)}</p>
        <p className="model-facts">{facts.filter(Boolean).join(" · ")}</p>
        {llamaVersion !== null && <p className="model-facts">{say("family.llamaTerms", { version: llamaVersion })}</p>}
        <select
          className="variant-select"
          aria-label={say("family.sizeOf", { name })}
          value={variant.id}
          onChange={({ target }) => setChosenId(target.value)}
        >
          {variants.map(({ id, size, quantization, sizeBytes }) => (
            <option key={id} value={id}>
              {[say(`family.sizes.${size}`), quantization, figures.bytes(sizeBytes)].join(" · ")}
            </option>
          ))}
        </select>
      </td>
      {download ? (
        <td colSpan={4} className="cell-download">
          <DownloadProgress download={download} />
        </td>
      ) : (
        <>
          <td className="is-figure">{figures.bytes(variant.sizeBytes)}</td>
          <td className="cell-memory">
            <MemoryBar
              need={variant.need}
              usableBytes={usableBytes}
              verdict={variant.verdict}
              limitedBy={variant.limitedBy}
            />
          </td>
          <SpeedCell measured={measured ?? null} predicted={variant.speed} />
          <td className="is-action">
            <FamilyAction variant={variant} isRecommended={recommendation?.variantId === variant.id} />
          </td>
        </>
      )}
    </tr>
  );
}

function FamilyAction({ variant, isRecommended }: { variant: CatalogVariant; isRecommended: boolean }) {
  const say = useSay("models");
  const start = useDownloads((state) => state.start);
  const freeBytes = useModels(({ disk }) => disk?.freeBytes ?? null);
  if (variant.installedModelId !== null) return <span className="tag">{say("family.here")}</span>;
  const title =
    freeBytes !== null && freeBytes < variant.sizeBytes
      ? say("family.noRoom", { needed: variant.sizeBytes, free: freeBytes })
      : undefined;
  return (
    <button
      type="button"
      className={isRecommended ? "button primary" : "button"}
      title={title}
      onClick={() => void start(variant.file)}
    >
      {say("family.download")}
    </button>
  );
}

/** Returns the variant that is being downloaded, if any. */
function underWay(
  downloads: readonly Download[],
  variants: readonly CatalogVariant[],
): { variant: CatalogVariant } | undefined {
  const variant = variants.find((each) => downloads.some((download) => isDownloadOf(download, each)));
  return variant && { variant };
}

/** Returns the installed variant, else the balanced one if it fits, else the first that fits, else the smallest. */
function usual(variants: readonly CatalogVariant[]): CatalogVariant | undefined {
  const balanced = variants.find(({ size }) => size === "balanced");
  return (
    variants.find(({ installedModelId }) => installedModelId !== null) ??
    (balanced?.verdict === "no" ? undefined : balanced) ??
    variants.find(({ verdict }) => verdict !== "no") ??
    variants[0]
  );
}
