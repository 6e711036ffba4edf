import type { LeftOutTest } from "../../../electron/contract/benchmark.ts";
import { leftOutText } from "../../../electron/texts/benchmark/leftOutText.ts";
import { testText } from "../../../electron/texts/benchmark/testText.ts";
import { Sentence, slot } from "../../parts/Sentence.tsx";
import { useTexts } from "../../texts.ts";

/** The tests of the plan that are not measured, each with the reason. */
export function LeftOutNotes({ leftOut }: { leftOut: readonly LeftOutTest[] }) {
  const texts = useTexts();
  const { say } = texts;
  if (leftOut.length === 0) return null;
  return (
    <div className="left-out">
      <p>{say("benchmark:leftOutHeading")}</p>
      <ul>
        {leftOut.map((test) => (
          <li key={testText(texts, test)}>
            <Sentence
              text={say("benchmark:leftOutTest", { test: slot("test"), reason: leftOutText(texts, test.reason) })}
              slots={{ test: <span className="figure">{testText(texts, test)}</span> }}
            />
          </li>
        ))}
      </ul>
    </div>
  );
}
