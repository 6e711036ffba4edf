import { Download as DownloadIcon } from "lucide-react";
import { type ReactNode, useEffect } from "react";
import { Badge } from "../../parts/Badge.tsx";
import { Meter } from "../../parts/Meter.tsx";
import { ProblemNotice } from "../../parts/ProblemNotice.tsx";
import { type Recommendation, useRecommendation } from "../../stores/useRecommendation.ts";
import { useCatalog, useDownloads, useFit, useModels } from "../../stores/useStores.ts";
import { useFigures, useReasonText, useSay, useTexts } from "../../texts.ts";
import { MemoryMeter } from "./MemoryCell.tsx";
import { memoryText } from "./memoryText.ts";
import { useChooseModel } from "./useChooseModel.ts";
import { useDownloadRow } from "./useDownloadRow.tsx";
import { useKeptFocus } from "./useKeptFocus.ts";
import { useKnownSpeed } from "./useKnownSpeed.ts";
import { useStartDownload } from "./useStartDownload.tsx";

type Shown = Extract<Recommendation, { model: unknown }>;

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
  const texts = useTexts();
  const reasonText = useReasonText();
  const { figures } = texts;
  const { model, variant, reason } = shown;
  const { name, goodFor, llamaVersion } = model;
  const usableBytes = useCatalog(({ catalog }) => (catalog.state === "ready" ? catalog.value.usableBytes : 1));
  const dismiss = useDownloads((state) => state.cancel);
  const arrived = useDownloads(({ list }) =>
    shown.state === "ready"
      ? list.find(({ status }) => status.state === "done" && status.path === shown.installed.source.path)
      : undefined,
  );
  const problem = useDownloads((state) => state.problem);
  const choose = useChooseModel("chat");
  const { start, question } = useStartDownload();
  const get = (verifiable: boolean): void => start({ name, file: variant.file, llamaVersion, verifiable });
  const busy = useDownloadRow(shown.state === "downloading" ? shown.download : undefined, () => get(false));
  const fit = { ...variant, usableBytes };
  const installed = shown.state === "ready" ? shown.installed : undefined;
  const speed = useKnownSpeed(installed, variant.speed, fit);
  const keptFocus = useKeptFocus<HTMLDivElement>();
  const isPredicted = variant.speed !== null && (installed?.measuredTokensPerSecond ?? null) === null;

  const head = (words: ReactNode, action: ReactNode, isRecommended: boolean) => (
    <>
      <div className="grow">
        <div className="model-name-line">
          <bdi className="model-name clip">{name}</bdi>
          {isRecommended && <Badge accent>{say("badges.recommended")}</Badge>}
        </div>
        {words}
      </div>
      {action}
    </>
  );
  const why = (words: string) => <div className="small quiet clip">{words}</div>;
  return (
    <>
      <div className="card-top" {...keptFocus}>
        {shown.state === "offered" &&
          head(
            problem === null ? (
              why(
                reason === null
                  ? say(`family.uses.${goodFor}`)
                  : reasonText(`models:family.reasons.${reason.code}`, reason.facts),
              )
            ) : (
              <ProblemNotice problem={problem} />
            ),
            <button type="button" className="button primary" onClick={() => get(true)}>
              <DownloadIcon size={16} aria-hidden />
              {say("family.download")}
            </button>,
            true,
          )}
        {shown.state === "downloading" && head(busy?.busy, busy?.action, reason !== null)}
        {shown.state === "ready" &&
          head(
            why(say(shown.installed.verified === true ? "card.verified" : "card.here")),
            <button
              type="button"
              className="button primary"
              title={say("installed.useHint")}
              onClick={() => {
                if (arrived !== undefined) void dismiss(arrived.id);
                void choose(shown.installed);
              }}
            >
              {say("installed.use")}
            </button>,
            false,
          )}
      </div>
      {busy?.detail ? <div className="card-detail">{busy.detail}</div> : null}
      <dl className="card-facts">
        <div>
          <dt>{say("card.size")}</dt>
          <dd className="figure">{figures.bytes(variant.sizeBytes)}</dd>
          <dd>{say("card.sizeAndType", { size: say(`family.sizes.${variant.size}`), type: variant.quantization })}</dd>
        </div>
        <div title={memoryText(texts, fit)}>
          <dt>{say("columns.memoryPlain")}</dt>
          <dd>
            <span className="figure">{figures.bytesOf(fit.need.totalBytes, usableBytes)}</span>{" "}
            <span className={fit.verdict === "tight" ? "small is-tight" : "small quiet"}>
              {say(`memory.cell.${fit.verdict}`)}
            </span>
          </dd>
          <dd className="card-bar">
            <MemoryMeter fit={fit} />
          </dd>
        </div>
        <div title={speed.tip}>
          <dt>{say("columns.speed")}</dt>
          <dd className={speed.fraction === null ? "figure" : "card-bar"}>
            {speed.fraction === null ? speed.figure : <Meter parts={[speed.fraction]} />}
          </dd>
          <dd>{isPredicted ? say("speed.notMeasuredYet", { range: speed.note }) : speed.note}</dd>
        </div>
      </dl>
      {question}
    </>
  );
}
