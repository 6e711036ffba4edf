import type { BenchmarkNoise } from "../../../electron/contract/benchmark.ts";
import { noiseText } from "../../../electron/texts/benchmark/noiseText.ts";
import { useTexts } from "../../texts.ts";

/** Why a benchmark is noisy, as soon as that is found out; renders nothing otherwise. */
export function NoiseNotes({ noise }: { noise: BenchmarkNoise }) {
  const texts = useTexts();
  if (!noise.noisy) return null;
  const reasons = noise.reasons.map((reason) => noiseText(texts, reason));
  return (
    <div className="noise-notes">
      <span className="tag is-noisy">{texts.say("benchmark:noisy")}</span>
      <ul>
        {reasons.map((reason) => (
          <li key={reason}>{reason}</li>
        ))}
      </ul>
    </div>
  );
}
