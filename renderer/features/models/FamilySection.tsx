import { ChevronRight } from "lucide-react";
import { useState } from "react";
import type { Catalog, CatalogModel } from "../../../electron/contract/catalog.ts";
import { ProblemNotice } from "../../parts/ProblemNotice.tsx";
import { isDownloadOf } from "../../stores/isDownloadOf.ts";
import { useCatalog, useDownloads, useHub } from "../../stores/useStores.ts";
import { useFigures, useSay } from "../../texts.ts";
import { FamilyRow } from "./FamilyRow.tsx";
import type { SectionProps } from "./InstalledSection.tsx";
import { ModelRows } from "./ModelRows.tsx";
import { TableSection } from "./TableSection.tsx";
import { tableOrder } from "./tableOrder.ts";
import { usualVariant } from "./usualVariant.ts";

/** The R1 family on this machine: the recommended model first, the others by size; those that do not fit are folded. */
export function FamilySection(props: SectionProps) {
  const say = useSay("models");
  const catalog = useCatalog((state) => state.catalog);
  const refresh = useCatalog((state) => state.refresh);
  if (catalog.state === "ready") return <Family catalog={catalog.value} {...props} />;
  return (
    <TableSection
      title={say("family.heading")}
      foot={
        <div className="section-note">
          {catalog.state === "loading" ? (
            <p>{say("family.reading")}</p>
          ) : (
            <ProblemNotice problem={catalog.problem}>
              <button type="button" className="button" onClick={() => void refresh()}>
                {say("shell:tryAgain")}
              </button>
            </ProblemNotice>
          )}
        </div>
      }
    />
  );
}

function Family({ catalog, filter, sorting }: { catalog: Catalog } & SectionProps) {
  const say = useSay("models");
  const figures = useFigures();
  const problem = useCatalog((state) => state.problem);
  const downloads = useDownloads((state) => state.list);
  const [showsAll, setShowsAll] = useState(false);
  const { models, recommended, usableBytes } = catalog;
  const isUnderWay = ({ variants }: CatalogModel): boolean =>
    downloads.some(
      (download) => download.status.state !== "done" && variants.some((variant) => isDownloadOf(download, variant)),
    );
  const first = models.find(({ variants }) => variants.some(({ id }) => id === recommended?.variantId));
  const byDefault = first ? [first, ...models.filter((model) => model !== first)] : models;
  // What is here already has its row among the installed models.
  const missing = byDefault.filter(
    (model) => isUnderWay(model) || model.variants.every(({ installedModelId }) => installedModelId === null),
  );
  const keysOf = (model: CatalogModel) => {
    const variant = usualVariant(model.variants, recommended?.variantId);
    return {
      name: model.name,
      words: [model.licence, say(`family.uses.${model.goodFor}`)].join(" "),
      size: variant?.sizeBytes ?? null,
      memory: variant?.need.totalBytes ?? null,
      speed: variant?.speed?.generation.value ?? null,
    };
  };
  const ordered = tableOrder(missing, keysOf, filter, sorting);
  const fits = (model: CatalogModel): boolean =>
    isUnderWay(model) || model.variants.some(({ verdict }) => verdict !== "no");
  const fitting = ordered.filter(fits);
  const folded = ordered.filter((model) => !fits(model));
  const row = (model: CatalogModel) => (
    <FamilyRow
      key={model.id}
      model={model}
      usableBytes={usableBytes}
      recommendation={model === first ? recommended : null}
    />
  );
  const fold = folded.length > 0 && (
    <button
      type="button"
      className="section-line is-button"
      aria-expanded={showsAll}
      onClick={() => setShowsAll(!showsAll)}
    >
      <ChevronRight size={16} aria-hidden className="twist" />
      <span>
        {say("family.doNotFit", { count: folded.length, names: figures.list(folded.map(({ name }) => name)) })}
      </span>
    </button>
  );
  return (
    <TableSection
      title={say("family.heading")}
      note={<SizesNote catalog={catalog} />}
      foot={
        <>
          {fold}
          {showsAll && folded.length > 0 && <ModelRows label={say("memory.cell.no")}>{folded.map(row)}</ModelRows>}
          {recommended === null && (
            <p className="section-note">{say("family.noneFits", { memory: figures.bytes(catalog.memoryBytes) })}</p>
          )}
          {problem && (
            <div className="section-note">
              <ProblemNotice problem={problem} />
            </div>
          )}
        </>
      }
    >
      {fitting.length > 0 && fitting.map(row)}
    </TableSection>
  );
}

/** Where the sizes come from. The hub is asked only if the user chooses so. */
function SizesNote({ catalog }: { catalog: Catalog }) {
  const say = useSay("models");
  const asking = useCatalog((state) => state.asking);
  const askHub = useCatalog((state) => state.askHub);
  const endpoint = useHub((state) => state.access?.endpoint ?? null);
  const areComputed = catalog.models.some(({ variants }) => variants.some(({ sizeFrom }) => sizeFrom === "shape"));
  if (!areComputed) return <span className="quiet small clip">{say("family.sizesFromHub")}</span>;
  return (
    <>
      <span className="quiet small clip">{say("family.sizesComputed")}</span>
      <button
        type="button"
        className="text-button"
        disabled={asking}
        title={endpoint ?? undefined}
        onClick={() => void askHub()}
      >
        {say(asking ? "family.askingHub" : "family.askHub")}
      </button>
    </>
  );
}
