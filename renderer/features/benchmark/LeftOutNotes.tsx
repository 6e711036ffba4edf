import type { LeftOutTest } from "../../../electron/contract/benchmark.ts";
import { testText } from "./testMeaning.ts";

/** The tests that the plan names and that are not measured, each with the reason. */
export function LeftOutNotes({ leftOut }: { leftOut: readonly LeftOutTest[] }) {
  if (leftOut.length === 0) return null;
  return (
    <div className="left-out">
      <p>Left out:</p>
      <ul>
        {leftOut.map((test) => (
          <li key={testText(test)}>
            <span className="figure">{testText(test)}</span>: {test.message}
          </li>
        ))}
      </ul>
    </div>
  );
}
