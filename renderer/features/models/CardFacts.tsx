import type { ReactNode } from "react";
import { Meter } from "../../parts/Meter.tsx";
import { useSay, useTexts } from "../../texts.ts";
import { MemoryMeter } from "./MemoryCell.tsx";
import { type MemoryFit, memoryText } from "./memoryText.ts";
import type { SpeedWords } from "./speedWords.ts";

export interface CardFactsProps {
  sizeBytes: number;
  /** What the file is, below its size. */
  kind: ReactNode;
  /** Null: not known. */
  fit: MemoryFit | null;
  speed: SpeedWords;
  /** What the speed is, below it. Left out: the speed's own note. */
  speedNote?: string | undefined;
}

/** The size, memory and speed of a model, at the foot of its card. */
export function CardFacts({ sizeBytes, kind, fit, speed, speedNote }: CardFactsProps) {
  const say = useSay("models");
  const texts = useTexts();
  const { figures } = texts;
  return (
    <dl className="card-facts">
      <div>
        <dt>{say("card.size")}</dt>
        <dd className="figure">{figures.bytes(sizeBytes)}</dd>
        <dd>{kind}</dd>
      </div>
      <div title={fit === null ? say("memory.unknownHint") : memoryText(texts, fit)}>
        <dt>{say("columns.memoryPlain")}</dt>
        {fit === null ? (
          <>
            <dd>–</dd>
            <dd>{say("memory.unknown")}</dd>
          </>
        ) : (
          <>
            <dd>
              <span className="figure">{figures.bytesOf(fit.need.totalBytes, fit.usableBytes)}</span>{" "}
              <span className={fit.verdict === "tight" ? "small is-tight" : "small quiet"}>
                {say(`memory.cell.${fit.verdict}`)}
              </span>
            </dd>
            <dd className="card-bar">
              <MemoryMeter fit={fit} />
            </dd>
          </>
        )}
      </div>
      <div title={speed.tip}>
        <dt>{say("columns.speed")}</dt>
        <dd className={speed.fraction === null ? "figure" : "card-bar"}>
          {speed.fraction === null ? speed.figure : <Meter parts={[speed.fraction]} />}
        </dd>
        <dd>{speedNote ?? speed.note}</dd>
      </div>
    </dl>
  );
}
