import { copyFile, readdir, readFile, truncate, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { leftOutText } from "../../../electron/texts/benchmark/leftOutText.ts";
import { noiseText } from "../../../electron/texts/benchmark/noiseText.ts";
import { openTexts } from "../../../electron/texts/texts.ts";
import { BenchmarkHistory } from "../../../electron/workbench/benchmark/BenchmarkHistory.ts";
import { resultFormat } from "../../../electron/workbench/benchmark/resultFormat.ts";
import { benchmarkResult } from "../../support/benchmark/benchmarkResult.ts";
import { temporaryFolder } from "../../support/temporaryFolder.ts";

async function historyWith(...startedAt: number[]) {
  const folder = join(await temporaryFolder(), "benchmarks");
  const damaged: string[] = [];
  const history = new BenchmarkHistory({ folder, format: resultFormat, onDamaged: (name) => damaged.push(name) });
  for (const [index, at] of startedAt.entries()) {
    await history.add(benchmarkResult({ id: `result-${index}`, startedAt: at }));
  }
  return { folder, history, damaged, ids: async () => (await history.list()).map(({ id }) => id) };
}

test("returns results as they were stored, newest first", async () => {
  const { history, ids } = await historyWith(1000, 3000, 2000);
  expect(await ids()).toEqual(["result-1", "result-2", "result-0"]);
  expect((await history.list())[2]).toEqual(benchmarkResult({ id: "result-0", startedAt: 1000 }));
});

test("a history that was never written is empty", async () => {
  const { ids } = await historyWith();
  expect(await ids()).toEqual([]);
});

test("removes the requested results and ignores unknown ids", async () => {
  const { history, ids } = await historyWith(1000, 2000, 3000);
  await history.remove(["result-1", "no-such", "../../etc"]);
  expect(await ids()).toEqual(["result-2", "result-0"]);
});

test("a damaged file is set aside once, reported, and affects no other", async () => {
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

test("a newer app's results and partly written files remain unchanged", async () => {
  const { folder, damaged, ids } = await historyWith(1000);
  await writeFile(join(folder, "newer.json"), JSON.stringify({ version: 3, result: { other: true } }));
  await writeFile(join(folder, "half.json.1234.tmp"), '{"version":2,"res');
  const before = (await readdir(folder)).toSorted();
  expect(await ids()).toEqual(["result-0"]);
  expect(damaged).toEqual([]);
  expect((await readdir(folder)).toSorted()).toEqual(before);
});

/** Written by version 1 on a busy virtual machine. */
const version1 = fileURLToPath(new URL("../../support/benchmark/version1", import.meta.url));

test("results of version 1 stay readable: their sentences are shown unchanged in any language", async () => {
  const { folder, history, damaged } = await historyWith();
  await history.list();
  for (const name of await readdir(version1)) await copyFile(join(version1, name), join(folder, name));
  const results = await history.list();
  expect(damaged).toEqual([]);
  const told = (...[language]: Parameters<typeof openTexts>) =>
    results.map(({ ending, problem, noise, leftOut }) => ({
      ending,
      problem,
      noise: noise.reasons.map((reason) => noiseText(openTexts(language), reason)),
      leftOut: leftOut.map(({ name, depth, reason }) => [name, depth, leftOutText(openTexts(language), reason)]),
    }));
  const stored = [
    {
      ending: "engine-died",
      problem: { code: "engine-down", message: "The engine stopped while it was working (signal SIGKILL)." },
      noise: [
        "Other programs kept 1.0 of 2 cores busy during pp64.",
        "This virtual machine's host took 0.1 of its 2 cores away.",
      ],
      leftOut: [
        ["pp64", 64, "The benchmark ended before it."],
        ["tg512", 64, "The benchmark ended before it."],
      ],
    },
    {
      ending: "complete",
      problem: null,
      noise: [
        "Other programs kept 1.2 of 2 cores busy during pp512.",
        "The runs of tg128 differ: their middle half spans 18 % of the median.",
      ],
      leftOut: [],
    },
    {
      ending: "complete",
      problem: null,
      noise: ["Other programs kept 1.1 of 2 cores busy during pp320+tg768."],
      leftOut: [2048, 8192].flatMap((depth) =>
        ["pp512", "tg128"].map((name) => [name, depth, "The model's context ends at 2,048 tokens."]),
      ),
    },
  ];
  expect(told("en")).toEqual(stored);
  expect(told("zh-CN")).toEqual(stored);
  expect(results[1]?.noise.reasons.map(({ facts }) => facts)).toMatchObject([
    { about: "other-load" },
    { about: "spread" },
  ]);
  // Stored again, they are results like all others.
  const [first] = results;
  if (first === undefined) throw new Error("there should be a result");
  await history.remove([first.id]);
  await history.add(first);
  expect(await history.list()).toEqual(results);
});
