import { readdir, readFile, truncate, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { BenchmarkHistory } from "../../../electron/workbench/benchmark/BenchmarkHistory.ts";
import { benchmarkResult } from "../../support/benchmark/benchmarkResult.ts";
import { temporaryFolder } from "../../support/temporaryFolder.ts";

async function historyWith(...startedAt: number[]) {
  const folder = join(await temporaryFolder(), "benchmarks");
  const damaged: string[] = [];
  const history = new BenchmarkHistory({ folder, onDamaged: (name) => damaged.push(name) });
  for (const [index, at] of startedAt.entries()) {
    await history.add(benchmarkResult({ id: `result-${index}`, startedAt: at }));
  }
  return { folder, history, damaged, ids: async () => (await history.list()).map(({ id }) => id) };
}

test("results come back as they were kept, newest first", async () => {
  const { history, ids } = await historyWith(1000, 3000, 2000);
  expect(await ids()).toEqual(["result-1", "result-2", "result-0"]);
  expect((await history.list())[2]).toEqual(benchmarkResult({ id: "result-0", startedAt: 1000 }));
});

test("a history that was never written is empty", async () => {
  const { ids } = await historyWith();
  expect(await ids()).toEqual([]);
});

test("removing takes those asked for, and passes over the rest", async () => {
  const { history, ids } = await historyWith(1000, 2000, 3000);
  await history.remove(["result-1", "no-such", "../../etc"]);
  expect(await ids()).toEqual(["result-2", "result-0"]);
});

test("a damaged file is set aside once, told, and takes no other with it", async () => {
  const { folder, history, damaged, ids } = await historyWith(1000, 2000, 3000);
  const [first = "", second = ""] = (await readdir(folder)).toSorted();
  await truncate(join(folder, first), 100);
  const result = JSON.parse(await readFile(join(folder, second), "utf8")) as { result: { tests: unknown } };
  result.result.tests = "none";
  await writeFile(join(folder, second), JSON.stringify(result));
  expect(await ids()).toEqual(["result-2"]);
  expect(damaged.toSorted()).toEqual([`${first}.damaged`, `${second}.damaged`]);
  expect(await ids()).toEqual(["result-2"]);
  expect(damaged).toHaveLength(2);
  expect(await readdir(folder)).toEqual(expect.arrayContaining(damaged));
  await history.add(benchmarkResult({ id: "after", startedAt: 4000 }));
  expect(await ids()).toEqual(["after", "result-2"]);
});

test("a newer app's results and what a crash left half written stay untouched", async () => {
  const { folder, damaged, ids } = await historyWith(1000);
  await writeFile(join(folder, "newer.json"), JSON.stringify({ version: 2, result: { other: true } }));
  await writeFile(join(folder, "half.json.1234.tmp"), '{"version":1,"res');
  const before = (await readdir(folder)).toSorted();
  expect(await ids()).toEqual(["result-0"]);
  expect(damaged).toEqual([]);
  expect((await readdir(folder)).toSorted()).toEqual(before);
});
