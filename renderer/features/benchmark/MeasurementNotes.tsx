import type { BenchmarkNoise, BenchmarkTestResult, LeftOutTest } from "../../../electron/contract/benchmark.ts";
import { leftOutLines } from "../../../electron/texts/benchmark/leftOutLines.ts";
import { noiseText } from "../../../electron/texts/benchmark/noiseText.ts";
import { testText } from "../../../electron/texts/benchmark/testText.ts";
import { useTexts } from "../../texts.ts";

export interface MeasurementNotesProps {
  noise: BenchmarkNoise;
  leftOut: readonly LeftOutTest[];
  tests?: readonly BenchmarkTestResult[];
}

/** What qualifies a measurement: why it is noisy, which tests are left out, and which runs do not count. */
export function MeasurementNotes({ noise, leftOut, tests = [] }: MeasurementNotesProps) {
  const texts = useTexts();
  const { say } = texts;
  const slept = tests.filter(({ discarded }) => discarded.length > 0);
  return (
    <>
      {noise.noisy && (
        <div className="bench-notes">
          <span className="tag is-noisy">{say("benchmark:noisy")}</span>
          <ul>
            {noise.reasons.map((reason) => {
              const text = noiseText(texts, reason);
              return <li key={text}>{text}</li>;
            })}
          </ul>
        </div>
      )}
      {leftOut.length + slept.length > 0 && (
        <ul className="bench-notes quiet small">
          {leftOutLines(texts, leftOut).map((line) => (
            <li key={line}>{line}</li>
          ))}
          {slept.map((test) => (
            <li key={testText(texts, test)}>
              {say("benchmark:table.discarded", { test: testText(texts, test), count: test.discarded.length })}
            </li>
          ))}
        </ul>
      )}
    </>
  );
}
