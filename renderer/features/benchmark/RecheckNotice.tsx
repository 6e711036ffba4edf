import type { BenchmarkRecheck, BenchmarkStart } from "../../../electron/contract/benchmark.ts";

export interface RecheckNoticeProps {
  recheck: BenchmarkRecheck;
  modelName: string;
  onStart: (start: BenchmarkStart) => void;
}

/** Offers a short benchmark when engine or driver are not those of the model's last one. */
export function RecheckNotice({ recheck: { changes, start }, modelName, onStart }: RecheckNoticeProps) {
  if (changes.length === 0 || start === null) return null;
  return (
    <aside className="recheck" aria-label="Check again">
      <p>
        {changes.join(" ")} The last result of <bdi>{modelName}</bdi> is from before.
      </p>
      <button type="button" className="button" onClick={() => onStart(start)}>
        Check again (30 s)
      </button>
    </aside>
  );
}
