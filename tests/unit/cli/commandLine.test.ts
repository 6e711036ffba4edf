import { describe, expect, it } from "vitest";
import { readCommandLine, wantsJson } from "../../../electron/cli/commandLine.ts";
import { toProblem } from "../../../electron/contract/errors.ts";
import { failureLine } from "../../../electron/texts/failureText.ts";
import { openTexts } from "../../../electron/texts/texts.ts";

describe("the command line", () => {
  it("reads every flag of chat", () => {
    const flags =
      "--file report.pdf -f notes.md --search --temporary --seed 7 --temperature 0.5 --max-tokens 10 --max-thought-tokens 8 --max-thought-seconds 9 --no-think";
    const args = `chat --model nano ${flags} --json What is this?`.split(" ");
    expect(readCommandLine(args)).toEqual({
      name: "chat",
      files: ["report.pdf", "notes.md"],
      pages: null,
      search: true,
      model: "nano",
      messagesFile: null,
      seed: 7,
      temperature: 0.5,
      temporary: true,
      passphraseFile: null,
      maxTokens: 10,
      maxThoughtTokens: 8,
      maxThoughtSeconds: 9,
      think: false,
      prompt: "What is this?",
      notice: null,
    });
    expect(readCommandLine("chat -f a.pdf --pages 1-5 --search Why?".split(" "))).toMatchObject({
      pages: [{ first: 1, last: 5 }],
      search: true,
    });
    expect(readCommandLine(["chat", "--", "--not-a-flag"])).toMatchObject({ prompt: "--not-a-flag" });
  });

  it("refuses an empty file name, which is what an unset variable leaves", () => {
    const factsOf = (args: string[]) => {
      try {
        return readCommandLine(args);
      } catch (error) {
        return toProblem(error).facts;
      }
    };
    expect(factsOf(["inspect", ""])).toEqual({ case: "fileNeeded", command: "inspect" });
    for (const command of ["chat", "prompt"]) {
      expect(factsOf([command, "--messages", ""])).toEqual({ case: "valueMissing", option: "--messages", command });
    }
  });

  it("reads chats, export and import as they were agreed on", () => {
    const factsOf = (...args: string[]) => {
      try {
        return readCommandLine(args);
      } catch (error) {
        return toProblem(error).facts;
      }
    };
    expect(factsOf("chats", "--query", "two words")).toMatchObject({ query: "two words" });
    expect(factsOf("chats", "two", "words")).toMatchObject({ query: "two words" });
    const usual = { name: "export", thoughts: true, passphraseFile: null };
    expect(factsOf("export", "--all", "all.jsonl")).toEqual({
      ...usual,
      file: "all.jsonl",
      format: "json",
      chatIds: null,
    });
    expect(factsOf("export", "a", "b", "--format", "md", "--no-thoughts", "out.txt")).toEqual({
      ...usual,
      file: "out.txt",
      format: "markdown",
      chatIds: ["a", "b"],
      thoughts: false,
    });
    for (const wrong of [["out.md"], ["--all", "a", "out.md"]]) {
      expect(factsOf("export", ...wrong)).toEqual({ case: "chatsNeeded", command: "export" });
    }
    expect(factsOf("export", "--all")).toEqual({ case: "chatFileNeeded", command: "export" });
    expect(factsOf("import", "a.json")).toEqual({
      name: "import",
      file: "a.json",
      applies: false,
      here: "skip",
      passphraseFile: null,
    });
    for (const args of [["chats"], ["export", "--all", "a.json"], ["import", "a.json"], ["chat"]]) {
      expect(factsOf(...args, "--passphrase-file", "-")).toMatchObject({ passphraseFile: "-" });
      expect(factsOf(...args, "--passphrase-file=")).toMatchObject({
        case: "valueMissing",
        option: "--passphrase-file",
      });
    }
    expect(factsOf("import", "a.json", "--apply", "--copies")).toMatchObject({ applies: true, here: "copy" });
  });

  it("reads tune: two minutes by default, nothing lossy, nothing applied; an undo tries nothing", () => {
    const usual = { name: "tune", model: null, minutes: 2, lossy: false, apply: false, undo: false };
    expect(readCommandLine(["tune"])).toEqual(usual);
    const all = "tune --model a.gguf --minutes 0.5 --lossy --apply --json".split(" ");
    expect(readCommandLine(all)).toEqual({
      ...usual,
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

  it("reads bench's lists as llama-bench does, with commas or repeated, in the order of its tests", () => {
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
    ["servers", "--key-env", "KEY"],
    ["servers", "test", "gpu", "--plain-http"],
    ["servers", "add", "gpu", "localhost", "--model=r1"],
    ["servers", "remove", "gpu", "--model=r1"],
  ])("refuses %j %j %j %j %j", (...args) => {
    expect(() => readCommandLine(args.filter((arg) => arg !== undefined))).toThrow(
      expect.objectContaining({ code: "usage" }),
    );
  });
});

it.each([
  ["bench -p -5", "-p", "wholeNumber", 0, 1048576],
  ["bench -n 8,-5", "-n", "wholeNumber", 0, 1048576],
  ["bench -d -1", "-d", "wholeNumber", 0, 1048576],
  ["bench -pg -1,2", "-pg", "wholeNumber", 0, 1048576],
  ["bench -r -2", "-r", "wholeNumber", 1, 1000],
  ["bench -t -4", "-t", "wholeNumber", 1, 1024],
  ["chat --seed -1 hi", "--seed", "wholeNumber", 0, 4294967295],
  ["chat --temperature -Infinity hi", "--temperature", "number", 0, 2],
  ["bench -p -NaN", "-p", "wholeNumber", 0, 1048576],
  ["chat --temperature -.5 hi", "--temperature", "number", 0, 2],
  ["chat --max-tokens -7 hi", "--max-tokens", "wholeNumber", 1, 1000000000],
  ["tune --minutes -1", "--minutes", "number", 0.1, 120],
  ["fit a --context -256", "--context", "wholeNumber", 256, 1048576],
  ["fit a --depth -1", "--depth", "wholeNumber", 0, 1048576],
])("%s: the range is named", (line, option, kind, least, most) => {
  expect(() => readCommandLine(line.split(" "))).toThrow(
    expect.objectContaining({ code: "usage", facts: expect.objectContaining({ case: kind, option, least, most }) }),
  );
});

it("a number after -- is a prompt, and so is one after a switch", () => {
  expect(readCommandLine(["chat", "--", "--seed", "-5"])).toMatchObject({ prompt: "--seed -5", seed: undefined });
  expect(() => readCommandLine(["chat", "--json", "-5"])).toThrow(expect.objectContaining({ code: "usage" }));
});

it("fit takes one model, a context and a depth", () => {
  expect(readCommandLine(["fit", "r1-distill-qwen-7b", "--context", "4096", "--json"])).toEqual({
    name: "fit",
    model: "r1-distill-qwen-7b",
    contextSize: 4096,
    depth: 0,
    measureAgain: false,
  });
});

/** Returns the facts of the usage error that these arguments cause, with the sentence shown for it. */
function faultOf(args: string[], language: "en" | "fr" | "zh-CN" = "en") {
  try {
    readCommandLine(args);
  } catch (error) {
    return { facts: toProblem(error).facts, line: failureLine(openTexts(language), toProblem(error)) };
  }
  throw new Error("understood");
}

it.each([
  [[], { case: "noCommand" }, "No command was given. Run `r1 --help` to see the commands."],
  [["--json"], { case: "noCommand" }, "No command was given. Run `r1 --help` to see the commands."],
  [["sing"], { case: "unknownCommand", given: "sing" }, "“sing” is not an r1 command."],
  [["--loud"], { case: "unknownCommand", given: "--loud" }, "“--loud” is not an r1 command."],
  [["help", "sing"], { case: "unknownCommand", given: "sing" }, "“sing” is not an r1 command."],
  [["chat", "--loud"], { case: "unknownOption", command: "chat", option: "--loud" }, "Unknown option: --loud."],
  [["chat", "-x"], { case: "unknownOption", command: "chat", option: "-x" }, "Unknown option: -x."],
  [
    ["fit", "a", "--context"],
    { case: "valueMissing", command: "fit", option: "--context" },
    "--context needs a value.",
  ],
  [
    ["chat", "--model", "--seed", "1"],
    { case: "valueMissing", command: "chat", option: "--model" },
    "--model needs a value. Run `r1 chat --help` to see how the command is used.",
  ],
  [
    ["chat", "--json=yes"],
    { case: "valueUnexpected", command: "chat", option: "--json" },
    "--json does not take a value.",
  ],
  [["models", "x"], { case: "argumentUnexpected", command: "models", given: "x" }, "Unexpected argument: x."],
  [["chat", "--messages", "m", "--file", "f"], { case: "filesAndMessages", command: "chat" }, "Give either --file or"],
  [["chat", "--search", "hi"], { case: "searchNeedsFile", command: "chat" }, "--search needs at least one --file"],
  [["chat", "--pages", "1", "hi"], { case: "pagesNeedFile", command: "chat" }, "--pages needs exactly one --file"],
  [["chat", "--messages", "m", "hi"], { case: "promptAndMessages", command: "chat" }, "Give either a prompt or"],
  [["prompt"], { case: "messagesNeeded", command: "prompt" }, "A file with the messages is needed: --messages FILE."],
  [["inspect", "a", "b"], { case: "fileNeeded", command: "inspect" }, "The path of one model file is needed."],
  [["fit"], { case: "modelNeeded", command: "fit" }, "One model is needed: its id,"],
  [["download", "a"], { case: "repoAndFileNeeded", command: "download" }, "A repository and the name of one file"],
  [["bench", "--json", "-o", "md"], { case: "jsonAndOutput", command: "bench" }, "Give either --json or -o, not both."],
  [["bench", "--plan", "quick", "-p", "5"], { case: "planAndTests", command: "bench" }, "A plan has its own tests:"],
  [
    ["bench", "--plan", "quick", "--minutes", "5"],
    { case: "quickAndMinutes", command: "bench" },
    "The quick plan has its own time limit:",
  ],
  [
    ["bench", "-p", "0", "-n", "0"],
    { case: "testCount", command: "bench", tests: 0, most: 100 },
    "A benchmark has 1 to 100 tests, not 0.",
  ],
  [
    ["bench", "-pg", "5"],
    { case: "pair", command: "bench", option: "-pg", given: "5" },
    "-pg needs two numbers such as 1280,3072, not “5”.",
  ],
  [
    ["bench", "-o", "xml"],
    { case: "oneOf", command: "bench", option: "-o", allowed: "csv, json, jsonl, md", given: "xml" },
    "-o must be one of csv, json, jsonl, md, not “xml”.",
  ],
  [["tune", "--undo", "--apply"], { case: "undoAlone", command: "tune" }, "--undo cannot be used together with"],
])("%j reports what is wrong", (args, facts, sentence) => {
  const fault = faultOf(args);
  expect(fault.facts).toEqual(facts);
  expect(fault.line).toContain(sentence);
});

it("wrong usage is reported in the terminal's language, numbers too, and a decimal comma is understood", () => {
  expect(faultOf(["tune", "--minutes", "0"], "fr").line).toMatch(
    /^--minutes doit être un nombre de 0,1 à 120, et non «\s0\s»\. Exécutez `r1 tune --help`/,
  );
  expect(readCommandLine(["tune", "--minutes", "0,5"])).toMatchObject({ minutes: 0.5 });
  expect(faultOf(["tune", "--minutes", "1,000"]).line).toContain("not “1,000”");
  expect(faultOf(["chat", "hi", "--max-tokens", "1,5"]).line).toContain("a whole number from 1 to 1,000,000,000");
  expect(faultOf(["fit"], "zh-CN").line).toContain("请运行 `r1 fit --help` 查看用法。");
});

it("help can be requested in any place, for all commands or one; after --, everything is text", () => {
  for (const args of [["--help"], ["-h"], ["help"], ["--json", "--help"], ["--help", "--json"]]) {
    expect(readCommandLine(args)).toEqual({ name: "help", about: null });
  }
  for (const args of [
    ["help", "chat"],
    ["chat", "--help"],
    ["--json", "chat", "-h"],
    ["chat", "--loud", "--help"],
  ]) {
    expect(readCommandLine(args)).toEqual({ name: "help", about: "chat" });
  }
  expect(readCommandLine(["chat", "--", "--help"])).toMatchObject({ name: "chat", prompt: "--help" });
});

it("--json is recognized before and after the command, but not in a prompt", () => {
  expect(readCommandLine(["--json", "models"])).toEqual({ name: "models" });
  expect(wantsJson(["--json"])).toBe(true);
  expect(wantsJson(["chat", "--loud", "--json"])).toBe(true);
  expect(wantsJson(["chat", "--", "--json"])).toBe(false);
});
