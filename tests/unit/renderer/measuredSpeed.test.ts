import { expect, test } from "vitest";
import { measuredSpeed } from "../../../renderer/features/models/measuredSpeed.ts";
import { benchmarkResult, conditionsWith, testResult } from "../../support/benchmark/benchmarkResult.ts";

const conditions = conditionsWith();
const machineId = conditions.machine.id;
const model = {
  id: conditions.model.id,
  sizeBytes: conditions.model.files.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0),
  measuredTokensPerSecond: null as number | null,
  lastUsedAt: null as number | null,
};
const result = (endedAt: number, ...tests: Parameters<typeof testResult>[]) =>
  benchmarkResult({ conditions, endedAt, tests: tests.map((test) => testResult(...test)) });
const writing: Parameters<typeof testResult> = [0, 128, [20, 21, 22]];

test("whichever is later counts: the replies or the benchmark", () => {
  const used = { ...model, measuredTokensPerSecond: 17, lastUsedAt: 500 };
  expect(measuredSpeed(used, [result(400, writing)], machineId)).toEqual({
    tokensPerSecond: 17,
    at: 500,
    by: "replies",
  });
  expect(measuredSpeed(used, [result(600, writing)], machineId)).toEqual({
    tokensPerSecond: 21,
    at: 600,
    by: "benchmark",
  });
  expect(measuredSpeed(model, [], machineId)).toBeNull();
});

test("a benchmark of another file, machine or depth, or one that only read, does not count", () => {
  expect(measuredSpeed({ ...model, sizeBytes: 1 }, [result(600, writing)], machineId)).toBeNull();
  expect(measuredSpeed({ ...model, id: "other" }, [result(600, writing)], machineId)).toBeNull();
  expect(measuredSpeed(model, [result(600, writing)], "another machine")).toBeNull();
  expect(measuredSpeed(model, [result(600, [512, 0, [90]], [0, 128, [9], 4096])], machineId)).toBeNull();
});
