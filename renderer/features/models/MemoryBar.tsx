import type { Fit } from "../../../electron/contract/fit.ts";
import type { MemoryNeed } from "../../../electron/contract/models.ts";
import { useFigures, useSay } from "../../texts.ts";

export interface MemoryBarProps {
  need: MemoryNeed;
  /** What a model may take of this machine's memory. */
  usableBytes: number;
  verdict: Fit["verdict"];
  /** The part that stands in the way; null or left out: none. */
  limitedBy?: Fit["limitedBy"];
}

/** A model's memory by part against this machine's. */
export function MemoryBar({ need, usableBytes, verdict, limitedBy = null }: MemoryBarProps) {
  const say = useSay("models");
  const figures = useFigures();
  const { weightsBytes, keyValueBytes, computeBytes, totalBytes, contextSize } = need;
  const whole = Math.max(usableBytes, totalBytes);
  const share = (part: number): { width: string } => ({ width: `${(100 * part) / whole}%` });
  const parts = say("memory.parts", {
    weights: weightsBytes,
    tokens: contextSize,
    cache: keyValueBytes,
    buffers: computeBytes,
    usable: usableBytes,
  });
  const words = say(`memory.${verdict}`);
  return (
    <div className="memory" data-verdict={verdict} title={parts}>
      <span>
        <span className="figure">{figures.bytes(totalBytes)}</span>{" "}
        {limitedBy === null ? words : say(`memory.limited.${limitedBy}`, { verdict: words })}
      </span>
      <span className="memory-bar" aria-hidden>
        <span className="memory-weights" style={share(weightsBytes)} />
        <span className="memory-context" style={share(keyValueBytes)} />
        <span className="memory-compute" style={share(computeBytes)} />
      </span>
      <span className="visually-hidden">{parts}</span>
    </div>
  );
}
