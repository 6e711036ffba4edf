import { describe, expect, it } from "vitest";
import { readCommandLine } from "../../../electron/cli/commandLine.ts";

describe("the command line", () => {
  it("reads every flag of chat", () => {
    const args = "chat --model nano --seed 7 --temperature 0.5 --max-tokens 10 --no-think --json What is this?".split(
      " ",
    );
    expect(readCommandLine(args)).toEqual({
      name: "chat",
      json: true,
      model: "nano",
      messagesFile: null,
      seed: 7,
      temperature: 0.5,
      maxTokens: 10,
      think: false,
      prompt: "What is this?",
      notice: null,
    });
    expect(readCommandLine(["chat", "--", "--not-a-flag"])).toMatchObject({ prompt: "--not-a-flag" });
  });

  it("reads tune: two minutes unless told, nothing lossy, nothing applied; an undo tries nothing", () => {
    const usual = { name: "tune", json: false, model: null, minutes: 2, lossy: false, apply: false, undo: false };
    expect(readCommandLine(["tune"])).toEqual(usual);
    const all = "tune --model a.gguf --minutes 0.5 --lossy --apply --json".split(" ");
    expect(readCommandLine(all)).toEqual({
      ...usual,
      json: true,
      model: "a.gguf",
      minutes: 0.5,
      lossy: true,
      apply: true,
    });
    expect(readCommandLine(["tune", "--undo"])).toEqual({ ...usual, undo: true });
    for (const wrong of ["--minutes 0", "--minutes soon", "--undo --apply", "--undo --minutes 3", "--undo --lossy"]) {
      expect(() => readCommandLine(["tune", ...wrong.split(" ")])).toThrow(expect.objectContaining({ code: "usage" }));
    }
  });

  it("reads bench as llama-bench reads its own: lists with commas or repeated, in the order of its tests", () => {
    const plan = (line: string) => {
      const command = readCommandLine(["bench", ...line.split(" ").filter((word) => word !== "")]);
      return command.name === "bench" ? command.plan : command;
    };
    const reads = (promptTokens: number, depth = 0) => ({ promptTokens, generatedTokens: 0, depth });
    const writes = (generatedTokens: number, depth = 0) => ({ promptTokens: 0, generatedTokens, depth });
    expect(plan("")).toEqual({ kind: "custom", tests: [reads(512), writes(128)], repeats: 5 });
    expect(plan("-p 64,128 -p 256 -n 0 -r 2")).toEqual({
      kind: "custom",
      tests: [reads(64), reads(128), reads(256)],
      repeats: 2,
    });
    expect(plan("-p 64 -n 8 -d 0,2048")).toMatchObject({
      tests: [reads(64), writes(8), reads(64, 2048), writes(8, 2048)],
    });
    expect(plan("-pg 1280,3072 -d 16")).toMatchObject({
      tests: [{ promptTokens: 1280, generatedTokens: 3072, depth: 16 }],
    });
    expect(plan("--plan quick")).toEqual({ kind: "quick" });
    expect(plan("--plan standard")).toEqual({ kind: "standard", minutes: 10 });
    expect(readCommandLine(["bench", "--model", "a.gguf", "-t", "4", "-o", "md"])).toMatchObject({
      model: "a.gguf",
      threads: 4,
      output: "md",
      json: false,
    });
  });

  it.each([
    [],
    ["bench", "-p", "512,x"],
    ["bench", "-p", "0", "-n", "0"],
    ["bench", "-d", "-1"],
    ["bench", "-r", "0"],
    ["bench", "-t", "0"],
    ["bench", "-o", "sql"],
    ["bench", "-o", "md", "--json"],
    ["bench", "--plan", "long"],
    ["bench", "--plan", "quick", "-p", "64"],
    ["bench", "-pg", "64"],
    ["bench", "model.gguf"],
    ["sing"],
    ["chat", "--loud"],
    ["chat", "--seed", "x", "hi"],
    ["chat", "--seed", "-1", "hi"],
    ["chat", "--seed", "1.5", "hi"],
    ["chat", "--temperature", "", "hi"],
    ["chat", "--temperature", "NaN", "hi"],
    ["chat", "--max-tokens", "0", "hi"],
    ["chat", "--max-tokens"],
    ["chat", "--messages", "m.json", "hi"],
    ["prompt"],
    ["prompt", "--messages", "m.json", "hi"],
    ["inspect"],
    ["inspect", "a.gguf", "b.gguf"],
    ["models", "x"],
  ])("refuses %j %j %j %j %j", (...args) => {
    expect(() => readCommandLine(args.filter((arg) => arg !== undefined))).toThrow(
      expect.objectContaining({ code: "usage" }),
    );
  });
});

it.each([
  ["bench -p -5", "-p needs a whole number from 0 to 1048576"],
  ["bench -n 8,-5", "-n needs a whole number from 0 to 1048576"],
  ["bench -d -1", "-d needs a whole number from 0 to 1048576"],
  ["bench -pg -1,2", "-pg needs a whole number from 0 to 1048576"],
  ["bench -r -2", "-r needs a whole number from 1 to 1000"],
  ["bench -t -4", "-t needs a whole number from 1 to 1024"],
  ["chat --seed -1 hi", "--seed needs a whole number from 0 to 4294967295"],
  ["chat --temperature -Infinity hi", "--temperature needs a number from 0 to 2"],
  ["bench -p -NaN", "-p needs a whole number from 0 to 1048576"],
  ["chat --temperature -.5 hi", "--temperature needs a number from 0 to 2"],
  ["chat --max-tokens -7 hi", "--max-tokens needs a whole number from 1 to 1000000000"],
  ["tune --minutes -1", "--minutes needs a number from 0.1 to 120"],
  ["fit a --context -256", "--context needs a whole number from 256 to 1048576"],
  ["fit a --depth -1", "--depth needs a whole number from 0 to 1048576"],
])("%s: the range is named", (line, message) => {
  expect(() => readCommandLine(line.split(" "))).toThrow(
    expect.objectContaining({ code: "usage", message: expect.stringContaining(message) }),
  );
});

it("a number behind -- is a prompt, and one behind a switch is too", () => {
  expect(readCommandLine(["chat", "--", "--seed", "-5"])).toMatchObject({ prompt: "--seed -5", seed: undefined });
  expect(() => readCommandLine(["chat", "--json", "-5"])).toThrow(expect.objectContaining({ code: "usage" }));
});

it("fit takes one model, a context and a depth", () => {
  expect(readCommandLine(["fit", "r1-distill-qwen-7b", "--context", "4096", "--json"])).toEqual({
    name: "fit",
    json: true,
    model: "r1-distill-qwen-7b",
    contextSize: 4096,
    depth: 0,
    measureAgain: false,
  });
  expect(() => readCommandLine(["fit"])).toThrow("r1 fit needs one MODEL or catalogue id.");
  expect(() => readCommandLine(["fit", "a", "--context", "12"])).toThrow("--context needs a whole number from 256");
});
