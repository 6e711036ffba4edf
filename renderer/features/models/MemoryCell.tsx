import { Meter } from "../../parts/Meter.tsx";
import { useFigures, useSay, useTexts } from "../../texts.ts";
import { type MemoryFit, memoryText } from "./memoryText.ts";

/** The memory that a model needs, by part, compared with what it may use here. Null: not known. */
export function MemoryCell({ fit }: { fit: MemoryFit | null }) {
  const say = useSay("models");
  const texts = useTexts();
  const figures = useFigures();
  if (fit === null) {
    return (
      <div className="model-pair quiet" title={say("memory.unknownHint")}>
        <span>–</span>
        <span className="model-line">{say("memory.unknown")}</span>
      </div>
    );
  }
  const { need, verdict } = fit;
  const words = memoryText(texts, fit);
  return (
    <div className={`model-pair ${verdict === "no" ? "quiet" : ""}`} title={words}>
      <span>
        <span className="figure">{figures.bytes(need.totalBytes)}</span>{" "}
        <span className={verdict === "tight" ? "small is-tight" : "small quiet"}>{say(`memory.cell.${verdict}`)}</span>
      </span>
      <span className="model-bar">
        <MemoryMeter fit={fit} />
      </span>
      <span className="visually-hidden">{words}</span>
    </div>
  );
}

/** The bar alone. */
export function MemoryMeter({ fit: { need, usableBytes, verdict } }: { fit: MemoryFit }) {
  const parts = [need.weightsBytes, need.keyValueBytes, need.computeBytes].map((part) => part / usableBytes);
  return <Meter parts={verdict === "no" ? [1] : parts} tone={verdict === "fits" ? "plain" : toneOf[verdict]} />;
}

const toneOf = { tight: "tight", no: "off" } as const;

/** The same in words, for the second line of a narrow row. */
export function MemoryWords({ fit: { need, verdict } }: { fit: MemoryFit }) {
  const say = useSay("models");
  return (
    <span className={verdict === "tight" ? "is-tight" : undefined}>
      {say("memory.inLine", { need: need.totalBytes, verdict: say(`memory.cell.${verdict}`) })}
    </span>
  );
}
