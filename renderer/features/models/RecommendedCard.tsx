import { Download as DownloadIcon } from "lucide-react";
import { useEffect } from "react";
import { ProblemNotice } from "../../parts/ProblemNotice.tsx";
import { type Recommendation, useRecommendation } from "../../stores/useRecommendation.ts";
import { useCatalog, useDownloads, useFit, useModels } from "../../stores/useStores.ts";
import { useFigures, useReasonText, useSay } from "../../texts.ts";
import { CardFacts } from "./CardFacts.tsx";
import { CardHead } from "./CardHead.tsx";
import { OwnModelCard } from "./OwnModelCard.tsx";
import { UseFromCard } from "./UseFromCard.tsx";
import { useChooseModel } from "./useChooseModel.ts";
import { useDownloadRow } from "./useDownloadRow.tsx";
import { useKeptFocus } from "../../parts/useKeptFocus.ts";
import { useKnownSpeed } from "./useKnownSpeed.ts";
import { useStartDownload } from "./useStartDownload.tsx";

type Shown = Extract<Recommendation, { variant: unknown }>;

/** The model to get for this machine: download it, watch it arrive, use it, all in one place that keeps its size. */
export function RecommendedCard() {
  const say = useSay("models");
  const figures = useFigures();
  const recommendation = useRecommendation();
  const memoryBytes = useCatalog(({ catalog }) => (catalog.state === "ready" ? catalog.value.memoryBytes : 0));
  const readCatalog = useCatalog((state) => state.refresh);
  const estimateWhenIdle = useFit((state) => state.estimateWhenIdle);
  const importFile = useModels((state) => state.importFile);
  const choose = useChooseModel("chat");
  useEffect(() => {
    void readCatalog();
    void estimateWhenIdle();
  }, [readCatalog, estimateWhenIdle]);
  const open = async (): Promise<void> => {
    const model = await importFile();
    if (model) await choose(model);
  };
  return (
    <>
      <section className="model-card" aria-label={say("card.label")}>
        {recommendation.state === "failed" ? (
          <div className="card-words">
            <ProblemNotice problem={recommendation.problem}>
              <button type="button" className="button" onClick={() => void readCatalog()}>
                {say("shell:tryAgain")}
              </button>
            </ProblemNotice>
          </div>
        ) : recommendation.state === "loading" ? (
          <div className="card-words quiet">{say("card.loading")}</div>
        ) : recommendation.state === "none" ? (
          <div className="card-words">{say("family.noneFits", { memory: figures.bytes(memoryBytes) })}</div>
        ) : recommendation.state === "own" ? (
          <OwnModelCard model={recommendation.installed} />
        ) : (
          <Card shown={recommendation} />
        )}
      </section>
      <div className="card-foot">
        <a className="text-button" href="#/models" draggable={false}>
          {say("card.other")}
        </a>
        <button type="button" className="text-button" onClick={() => void open()}>
          {say("card.open")}
        </button>
      </div>
    </>
  );
}

function Card({ shown }: { shown: Shown }) {
  const say = useSay("models");
  const reasonText = useReasonText();
  const { model, variant, reason } = shown;
  const { name, goodFor, llamaVersion } = model;
  const usableBytes = useCatalog(({ catalog }) => (catalog.state === "ready" ? catalog.value.usableBytes : 1));
  const problem = useDownloads((state) => state.problem);
  const { start, question } = useStartDownload();
  const get = (verifiable: boolean): void => start({ name, file: variant.file, llamaVersion, verifiable });
  const busy = useDownloadRow(shown.state === "downloading" ? shown.download : undefined, () => get(false));
  const fit = { ...variant, usableBytes };
  const installed = shown.state === "ready" ? shown.installed : undefined;
  const speed = useKnownSpeed(installed, variant.speed, fit);
  const keptFocus = useKeptFocus<HTMLDivElement>();
  const isPredicted = variant.speed !== null && (installed?.measuredTokensPerSecond ?? null) === null;
  const why =
    reason === null ? say(`family.uses.${goodFor}`) : reasonText(`models:family.reasons.${reason.code}`, reason.facts);
  return (
    <>
      <div className="card-top" {...keptFocus}>
        {shown.state === "offered" && (
          <CardHead
            name={name}
            isRecommended
            action={
              <button type="button" className="button primary" onClick={() => get(true)}>
                <DownloadIcon size={16} aria-hidden />
                {say("family.download")}
              </button>
            }
          >
            {problem === null ? why : <ProblemNotice problem={problem} />}
          </CardHead>
        )}
        {shown.state === "downloading" && (
          <CardHead name={name} isRecommended={reason !== null} action={busy?.action}>
            {busy?.busy}
          </CardHead>
        )}
        {shown.state === "arriving" && (
          <CardHead name={name} isRecommended={false} action={null}>
            {say(shown.verified ? "card.verified" : "card.here")}
          </CardHead>
        )}
        {shown.state === "ready" && (
          <CardHead name={name} isRecommended={false} action={<UseFromCard model={shown.installed} />}>
            {say(shown.installed.verified === true ? "card.verified" : "card.here")}
          </CardHead>
        )}
      </div>
      {busy?.detail ? <div className="card-detail">{busy.detail}</div> : null}
      <CardFacts
        sizeBytes={variant.sizeBytes}
        kind={say("card.sizeAndType", { size: say(`family.sizes.${variant.size}`), type: variant.quantization })}
        fit={fit}
        speed={speed}
        speedNote={isPredicted ? say("speed.notMeasuredYet", { range: speed.note }) : undefined}
      />
      {question}
    </>
  );
}
