import { useId, useState } from "react";
import type { BenchmarkResult } from "../../../electron/contract/benchmark.ts";
import { historyChart, sharedTests } from "./historyChart.ts";
import { SpeedChart } from "./SpeedChart.tsx";
import { testText } from "./testMeaning.ts";

/** One test of one model over time; nothing before there are two results of it. `results`: newest first. */
export function OverTime({ results }: { results: readonly BenchmarkResult[] }) {
  const [chosen, setChosen] = useState("");
  const id = useId();
  const tests = sharedTests(results);
  const test = tests.find((one) => testText(one) === chosen) ?? tests[0];
  if (test === undefined) return null;
  return (
    <div className="charts">
      <SpeedChart {...historyChart(results, test)} />
      <span className="choice">
        <label htmlFor={id}>Test</label>
        <select id={id} value={testText(test)} onChange={({ target }) => setChosen(target.value)}>
          {tests.map((one) => (
            <option key={testText(one)}>{testText(one)}</option>
          ))}
        </select>
      </span>
    </div>
  );
}
