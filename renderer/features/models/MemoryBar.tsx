import type { Fit } from "../../../electron/contract/fit.ts";
import type { MemoryNeed } from "../../../electron/contract/models.ts";
import { bytes, count } from "../../parts/figures.ts";

export interface MemoryBarProps {
  need: MemoryNeed;
  /** What a model may take of this machine's memory. */
  usableBytes: number;
  verdict: Fit["verdict"];
  /** The part that stands in the way; null or left out: none. */
  limitedBy?: Fit["limitedBy"];
}

const words = { fits: "fits", tight: "tight", no: "does not fit" };
const partNames = { weights: "weights", "kv-cache": "context", "compute-buffers": "compute buffers" };

/** A model's memory by part against this machine's. */
export function MemoryBar({ need, usableBytes, verdict, limitedBy = null }: MemoryBarProps) {
  const { weightsBytes, keyValueBytes, computeBytes, totalBytes, contextSize } = need;
  const whole = Math.max(usableBytes, totalBytes);
  const share = (part: number): { width: string } => ({ width: `${(100 * part) / whole}%` });
  const parts = `Weights ${bytes(weightsBytes)}, context of ${count(contextSize)} tokens ${bytes(keyValueBytes)}, compute buffers ${bytes(computeBytes)}; ${bytes(usableBytes)} may be used.`;
  return (
    <div className="memory" data-verdict={verdict} title={parts}>
      <span>
        <span className="figure">{bytes(totalBytes)}</span> {words[verdict]}
        {limitedBy !== null && `: ${partNames[limitedBy]}`}
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
