import { describe, expect, it, test } from "vitest";
import { serverBenchmarkResultSchema } from "../../../electron/contract/serverBenchmark.ts";
import { usualServerPlan } from "../../../electron/contract/serverBenchmarkPlan.ts";
import { benchmarkResultSchema } from "../../../electron/contract/benchmark.ts";
import { readBench } from "../../../electron/cli/benchOptions.ts";
import { serverBenchText, serverPlanOf } from "../../../electron/cli/serverBench.ts";
import { askedText, serverFigures, serverNotes } from "../../../electron/texts/benchmark/serverResult.ts";
import { openTexts } from "../../../electron/texts/texts.ts";
import { exportServerResults } from "../../../electron/workbench/serverBenchmark/exportServerResults.ts";
import { serverHistoryChanges } from "../../../electron/workbench/serverBenchmark/serverHistoryChanges.ts";
import { benchmarkResult } from "../../support/benchmark/benchmarkResult.ts";
import { serverResult } from "../../support/serverBenchmark/serverResult.ts";

const texts = openTexts("en");

test("neither kind of result can be read as the other", () => {
  expect(serverBenchmarkResultSchema.parse(serverResult())).toEqual(serverResult());
  expect(benchmarkResultSchema.safeParse(serverResult()).success).toBe(false);
  expect(serverBenchmarkResultSchema.safeParse(benchmarkResult({})).success).toBe(false);
});

describe("a change since the run before", () => {
  const before = serverResult({ id: "before", startedAt: 1000 });
  const faster = { startedAt: 2000, speeds: [50, 50, 50, 50, 50], times: [200, 200, 200, 200, 200] };

  it("is given for the same server, model and lengths", () => {
    const after = serverResult({ id: "after", ...faster });
    expect(serverHistoryChanges([after, before])).toEqual([
      {
        resultId: "after",
        since: 1000,
        writing: { change: "faster", ratio: 1.25 },
        firstToken: { change: "faster", ratio: 200 / 330 },
      },
    ]);
    expect(serverHistoryChanges([{ ...before, startedAt: 3000 }, after])).toMatchObject([
      { writing: { change: "slower" }, firstToken: { change: "slower" } },
    ]);
  });

  it.each([
    ["another server", { server: { ...before.server, id: "other" } }],
    ["the same name at another address", { server: { ...before.server, host: "other.example.org" } }],
    ["another model", { model: { ...before.model, id: "r1-70b@gpu-1a2b3c" } }],
    ["other lengths", { plan: { ...before.plan, promptTokens: 1024 } }],
    ["tokens counted in another way", { runs: before.runs.map((run) => ({ ...run, counts: "pieces" as const })) }],
  ])("is not given for %s", (_, other) => {
    expect(serverHistoryChanges([serverResult({ id: "after", ...faster, ...other }), before])).toEqual([]);
  });

  it.each(["stopped", "failed"] as const)("is given for none that was %s, nor against it", (ending) => {
    const cut = serverResult({ id: "cut", ...faster, ending });
    expect(serverHistoryChanges([cut, before])).toEqual([]);
    const after = serverResult({ id: "after", startedAt: 3000 });
    expect(serverHistoryChanges([after, cut, before])).toMatchObject([{ resultId: "after", since: 1000 }]);
  });

  it("has no speed if one of the two has none", () => {
    const silent = serverResult({ id: "after", startedAt: 2000, speeds: [null, null] });
    expect(serverHistoryChanges([silent, before])).toMatchObject([{ writing: null }]);
  });
});

describe("an export", () => {
  it("names the clock and the server in every format, and none of llama-bench's columns", () => {
    const result = serverResult();
    const [head = "", row = ""] = exportServerResults([result], "csv").split("\n");
    expect(head).toMatch(/^measured,clock,server,host,this_machine/);
    expect(row).toMatch(/^"over-the-wire","app","Workstation","gpu\.example\.org","false"/);
    for (const column of ["avg_ts", "cpu_info", "n_threads", "backends"]) expect(head).not.toContain(column);
    const markdown = exportServerResults([result], "md");
    expect(markdown).toContain("Workstation (gpu.example.org)");
    expect(markdown).toContain("Not comparable with results of llama-bench");
    const lines = exportServerResults([result, result], "jsonl").trim().split("\n");
    for (const line of lines) expect(JSON.parse(line)).toEqual({ ...result, measured: "over-the-wire", clock: "app" });
    expect(JSON.parse(exportServerResults([result], "json"))).toHaveLength(1);
  });

  it("a name that a server chose begins no formula and no column", () => {
    const hostile = serverResult({ model: { id: "x", name: "x", named: '=HYPERLINK("http://x")|a\nb' } });
    expect(exportServerResults([hostile], "csv")).toContain(`"'=HYPERLINK(""http://x"")|a`);
    const [, , row = ""] = exportServerResults([hostile], "md").split("\n");
    expect(row).toContain(String.raw`=HYPERLINK("http://x")\|a b`);
  });
});

describe("what is said", () => {
  it("before it begins: how much, to where, and that it leaves this machine", () => {
    const place = { name: "Workstation", host: "gpu.example.org", isThisMachine: false };
    expect(askedText(texts, usualServerPlan, place)).toEqual([
      "Sends 6 prompts of random words to Workstation (gpu.example.org): about 2,688 tokens to read, and up to 656 tokens to write.",
      "They leave this machine, and the server may charge for them.",
    ]);
    expect(askedText(texts, usualServerPlan, { ...place, isThisMachine: true })[1]).toBe(
      "The server runs on this machine, so nothing leaves it.",
    );
  });

  it("the server's clock is named, and no speed of reading is given without it", () => {
    expect(serverFigures(texts, serverResult()).map(({ name, median }) => [name, median])).toEqual([
      ["First token", "0.33 s"],
      ["Writing, tok/s", "40.00"],
      ["Reading, server’s clock, tok/s", "2,000"],
      ["Writing, server’s clock, tok/s", "40.00"],
    ]);
    const silent = serverResult({ serverReading: null, serverWriting: null });
    expect(serverFigures(texts, silent).map(({ name }) => name)).toEqual(["First token", "Writing, tok/s"]);
    expect(serverNotes(texts, silent).join(" ")).not.toContain("clock");
  });

  it("how tokens were counted, and what is not counted", () => {
    const result = serverResult({ speeds: [40, null] });
    const [first, second] = result.runs;
    if (first === undefined || second === undefined) throw new Error("There are two runs.");
    const problem = { code: "server-cut" as const, facts: { server: "Workstation", case: "measuring" } };
    const runs = [
      { ...first, counts: "pieces" as const, promptTokens: null },
      { ...second, writtenTokens: 20, askedAgain: 1 },
    ];
    expect(serverNotes(texts, { ...result, runs, failures: [{ number: 3, problem }] })).toEqual([
      "The server did not count the tokens of every run. Where it did not, each piece of text counts as one.",
      "It counted 512 tokens in each prompt.",
      "It had read up to 2 tokens of a prompt before.",
      "1 reply ended before 128 tokens.",
      "1 run has no speed of writing: its text came all at once, or the server counted tokens that it did not send.",
      "1 request was sent again, because the server was busy or did not know a field. The times are those of the last request.",
      "The server’s clock leaves out the connection, and the time for which a request waited.",
      "Run 3 is not counted: The connection to Workstation ended before the reply was complete.",
    ]);
  });

  it("a result on a terminal says where it was measured, and that it is not comparable", () => {
    expect(serverBenchText(texts, serverResult())).toMatch(
      /^deepseek-r1 on Workstation \(gpu\.example\.org\), measured over the connection by this app’s clock\. Not comparable with models on this machine\.\n/,
    );
  });
});

describe("r1 bench for a server's model", () => {
  const planOf = (...args: string[]) => serverPlanOf(readBench(args));
  it("takes llama-bench's options where they mean something", () => {
    expect(planOf()).toEqual(usualServerPlan);
    expect(planOf("--plan", "standard")).toEqual(usualServerPlan);
    expect(planOf("--plan", "quick")).toEqual({ ...usualServerPlan, repeats: 2 });
    expect(planOf("-p", "100", "-n", "32", "-r", "3")).toEqual({ promptTokens: 100, writtenTokens: 32, repeats: 3 });
    expect(planOf("-pg", "100,32")).toEqual({ promptTokens: 100, writtenTokens: 32, repeats: 5 });
  });

  it.each([
    ["-t", "4"],
    ["--minutes", "5"],
    ["--solve", "8"],
    ["--plan", "standard", "--minutes", "5"],
    ["-p", "100,200"],
    ["-p", "0"],
    ["-n", "0"],
    ["-n", "8"],
    ["-d", "512"],
    ["-r", "51"],
    ["-p", "40000"],
  ])("refuses what it cannot mean: %s %s", (...args) => {
    expect(() => planOf(...args)).toThrow(expect.objectContaining({ code: "usage" }));
  });
});
