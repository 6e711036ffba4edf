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

  it.each([
    [],
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
  ])("refuses %j %j %j %j", (...args) => {
    expect(() => readCommandLine(args.filter((arg) => arg !== undefined))).toThrow(
      expect.objectContaining({ code: "usage" }),
    );
  });
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
