import type { Fit } from "../../../electron/contract/fit.ts";
import type { MemoryNeed } from "../../../electron/contract/models.ts";
import { useFigures, useSay } from "../../texts.ts";

export interface MemoryBarProps {
  need: MemoryNeed;
  /** The memory of this machine that a model may use. */
  usableBytes: number;
  verdict: Fit["verdict"];
  /** The limiting part; null or omitted: none. */
  limitedBy?: Fit["limitedBy"];
}

/** The memory that a model needs, by part, compared with this machine's. */
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
