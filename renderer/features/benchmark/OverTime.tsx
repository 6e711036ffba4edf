import { useState } from "react";
import type { BenchmarkResult } from "../../../electron/contract/benchmark.ts";
import { testText } from "../../../electron/texts/benchmark/testText.ts";
import { Select } from "../../parts/Select.tsx";
import { useTexts } from "../../texts.ts";
import { historyChart, type SharedTest, sharedTests } from "./historyChart.ts";
import { SpeedChart } from "./SpeedChart.tsx";

const keyOf = ({ name, depth }: SharedTest): string => `${name}@${depth}`;

/** One test of one model over time; renders nothing until it has two results. `results`: newest first. */
export function OverTime({ results }: { results: readonly BenchmarkResult[] }) {
  const texts = useTexts();
  const [chosen, setChosen] = useState("");
  const tests = sharedTests(results);
  const test = tests.find((one) => keyOf(one) === chosen) ?? tests[0];
  if (test === undefined) return null;
  return (
    <div className="over-time">
      <SpeedChart {...historyChart(texts, results, test)} />
      <Select
        aria-label={texts.say("benchmark:table.test")}
        value={keyOf(test)}
        onChange={({ target }) => setChosen(target.value)}
      >
        {tests.map((one) => (
          <option key={keyOf(one)} value={keyOf(one)}>
            {testText(texts, one)}
          </option>
        ))}
      </Select>
    </div>
  );
}
