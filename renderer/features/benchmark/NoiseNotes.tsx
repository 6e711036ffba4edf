import type { BenchmarkNoise } from "../../../electron/contract/benchmark.ts";

/** Why a benchmark is noisy, as it is found out; nothing while it is quiet. */
export function NoiseNotes({ noise }: { noise: BenchmarkNoise }) {
  if (!noise.noisy) return null;
  return (
    <div className="noise-notes">
      <span className="tag is-noisy">noisy</span>
      <ul>
        {noise.reasons.map(({ kind, message }) => (
          <li key={`${kind} ${message}`}>{message}</li>
        ))}
      </ul>
    </div>
  );
}
