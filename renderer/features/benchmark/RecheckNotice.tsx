import type { BenchmarkStart } from "../../../electron/contract/benchmark.ts";
import type { BenchmarkRecheck } from "../../../electron/contract/benchmarkComparison.ts";
import { recheckChangeText } from "../../../electron/texts/benchmark/recheckChangeText.ts";
import { joinSentences } from "../../../electron/texts/joinSentences.ts";
import { Sentence, slot } from "../../parts/Sentence.tsx";
import { useTexts } from "../../texts.ts";

export interface RecheckNoticeProps {
  recheck: BenchmarkRecheck;
  modelName: string;
  onStart: (start: BenchmarkStart) => void;
}

/** Offers a short benchmark if the engine or the driver has changed since the model's last one. */
export function RecheckNotice({ recheck: { changes, start }, modelName, onStart }: RecheckNoticeProps) {
  const texts = useTexts();
  const { say } = texts;
  if (changes.length === 0 || start === null) return null;
  const changed = joinSentences(
    texts,
    changes.map((change) => recheckChangeText(texts, change)),
  );
  return (
    <aside className="recheck" aria-label={say("benchmark:recheck.label")}>
      <p>
        <Sentence
          text={say("benchmark:recheck.offer", { changes: changed, name: slot("name") })}
          slots={{ name: <bdi>{modelName}</bdi> }}
        />
      </p>
      <button type="button" className="button" onClick={() => onStart(start)}>
        {say("benchmark:recheck.start")}
      </button>
    </aside>
  );
}
