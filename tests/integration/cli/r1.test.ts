import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, it } from "vitest";
import { commandNames } from "../../../electron/cli/commandOptions.ts";
import { pdfFile, pdfText } from "../../support/documents/pdfFile.ts";
import { openToOthers } from "../../support/openToOthers.ts";
import { r1Entry, runR1, type RunOptions } from "../../support/cli/runR1.ts";

const nano = fileURLToPath(new URL("../../../resources/models/r1-nano.gguf", import.meta.url));
const work = mkdtempSync(join(tmpdir(), "r1-cli-"));
const home = join(work, "home");
afterAll(() => rmSync(work, { recursive: true, force: true }));

const r1 = (args: string[], options: Omit<RunOptions, "home"> = {}) => runR1(args, { home, ...options });

async function json(
  args: string[],
  options?: Omit<RunOptions, "home">,
): Promise<{ status: number | null; value: unknown }> {
  const { status, stdout, stderr } = await r1([...args, "--json"], options);
  expect(stderr).toBe("");
  return { status, value: JSON.parse(stdout) };
}

function file(name: string, content: unknown): string {
  const path = join(work, name);
  writeFileSync(path, typeof content === "string" ? content : JSON.stringify(content));
  return path;
}

describe("r1 chat", () => {
  it("answers a prompt: only the answer on stdout, thought and figures on stderr; nothing is stored", async () => {
    const { status, stdout, stderr } = await r1(["chat", "--seed", "1", "What is 17 + 25?"]);
    expect(status).toBe(0);
    expect(stdout).toMatch(/42/);
    expect(stderr).toMatch(/7\s?\+\s?5/);
    expect(stderr).toMatch(/\d+ tokens \(\d+ thought, \d+ answer\) · [\d.,]+ tok\/s/);
    expect(existsSync(join(home, "store"))).toBe(false);
  });

  it("answers about a document's pages in DeepSeek's form; pages that are not there are refused", async () => {
    const book = join(work, "book.pdf");
    writeFileSync(book, pdfFile([pdfText("17 + 25"), pdfText("other")]));
    const asked = ["chat", "--seed", "1", "--file", book, "--pages", "1", "What is it?"];
    const { status, value } = await json(asked);
    expect(status).toBe(0);
    const content = "[file name]: book.pdf\n[file content begin]\n17 + 25\n[file content end]\nWhat is it?";
    const same = await json(["chat", "--seed", "1", "--messages", file("same.json", [{ role: "user", content }])]);
    expect(value).toMatchObject({ promptTokens: (same.value as { promptTokens: number }).promptTokens });
    await expect(json(["chat", "--file", book, "--pages", "3", "Why?"])).resolves.toMatchObject({
      status: 1,
      value: { error: { code: "pages-not-there", message: expect.stringContaining("has 2 pages") } },
    });
  });

  it("says how many pages of a document have no text", async () => {
    const scan = join(work, "scan.pdf");
    writeFileSync(scan, pdfFile([pdfText("17 + 25"), "", ""]));
    const { status, stdout, stderr } = await r1(["chat", "--seed", "1", "--file", scan, "What is it?"]);
    expect(status).toBe(0);
    expect(stderr).toContain("“scan.pdf”: 2 of 3 pages have no text. They may be pictures.\n");
    expect(stdout).not.toContain("scan.pdf");
    const chosen = ["chat", "--seed", "1", "--file", scan, "--pages", "1-2", "What is it?"];
    expect((await r1(chosen)).stderr).toContain("“scan.pdf”: 1 of 2 pages has no text. It may be a picture.\n");
    expect((await r1([...chosen, "--json"])).stderr).not.toContain("scan.pdf");
  });

  it("searches documents for the prompt, and says what it sent, or that nothing was found", async () => {
    const rules = Array.from({ length: 3_000 }, (_, at) => `Rule ${at} says what is done in case${at}.`).join("\n");
    const path = file("rules.txt", rules);
    const whole = await r1(["chat", "--file", path, "What is done in case1234?"]);
    expect(whole.status).toBe(1);
    expect(whole.stderr).toContain("--search");
    const { status, value } = await json([
      "chat",
      "--seed",
      "1",
      "--file",
      path,
      "--search",
      "What is done in case1234?",
    ]);
    expect(status).toBe(0);
    expect(value).toMatchObject({ passages: [{ number: 1, name: "rules.txt", unit: null, part: 1 }] });
    expect(JSON.stringify(value)).toContain("case1234.");
    const book = join(work, "rules.pdf");
    writeFileSync(book, pdfFile([pdfText("The fee is nine crowns"), pdfText("The office opens at seven")]));
    const searched = (pages: string, question: string) =>
      json(["chat", "--file", book, "--pages", pages, "--search", question]);
    expect(await searched("2", "What is the fee, and when does the office open?")).toMatchObject({
      status: 0,
      value: { passages: [{ number: 1, unit: "page", part: 2 }] },
    });
    expect((await searched("2", "Which fee?")).value).toMatchObject({ error: { code: "passages-not-found" } });
    expect((await searched("1-3", "Fee?")).value).toMatchObject({ error: { code: "pages-not-there" } });
    await expect(json(["chat", "--file", path, "--search", "Zebras?"])).resolves.toMatchObject({
      status: 1,
      value: { error: { code: "passages-not-found" } },
    });
    expect(existsSync(join(home, "store"))).toBe(false);
  });

  it("gives the agreed JSON, the same for the same seed", async () => {
    const args = ["chat", "--seed", "5", "--temperature", "0.3", "--model", "r1-nano", "What is 17 + 25?"];
    const first = await json(args);
    expect(first.status).toBe(0);
    expect(first.value).toEqual({
      model: "r1-nano",
      thought: expect.stringContaining("17"),
      answer: expect.any(String),
      stopReason: "end",
      promptTokens: 21,
      cachedTokens: 0,
      thoughtTokens: expect.any(Number),
      answerTokens: expect.any(Number),
      ttftMs: expect.any(Number),
      prefillTokensPerSecond: expect.any(Number),
      tokensPerSecond: expect.any(Number),
    });
    const { thought, answer } = first.value as { thought: string; answer: string };
    expect((await json(args)).value).toMatchObject({ thought, answer });
  });

  it("does not think with --no-think, and stops at --max-tokens", async () => {
    expect((await json(["chat", "--no-think", "--model", nano, "What is 4 + 5?"])).value).toMatchObject({
      thought: null,
      thoughtTokens: 0,
    });
    expect((await json(["chat", "--max-tokens", "3", "What is 4 + 5?"])).value).toMatchObject({
      stopReason: "maxTokens",
      thoughtTokens: 3,
    });
  });

  it("ends the thought at --max-thought-tokens or --max-thought-seconds, and answers", async () => {
    const ask = async (...limit: string[]) => (await json(["chat", ...limit, "What is 17 + 25?"])).value;
    expect(await ask("--max-thought-tokens", "5")).toMatchObject({
      thought: expect.stringMatching(/^.{5}$/s),
      thoughtTokens: 5,
      thoughtCut: "tokens",
      stopReason: "end",
      answer: expect.stringMatching(/./),
    });
    const inTime = await ask("--max-thought-seconds", "60");
    expect(inTime).toMatchObject({ stopReason: "end" });
    expect(inTime).not.toHaveProperty("thoughtCut");
  });

  it("reads the prompt from stdin, and a conversation from a file", async () => {
    expect((await r1(["chat"], { input: "What is 17 + 25?" })).status).toBe(0);
    const messages = file("messages.json", [
      { role: "user", content: "What is 17 + 25?" },
      { role: "assistant", content: "<think>\nsecret\n</think>\n\n42" },
      { role: "user", content: "What is 2 + 2?" },
    ]);
    const fed = await json(["prompt", "--messages", messages]);
    expect(fed.status).toBe(0);
    const { text, tokens } = fed.value as { text: string; tokens: number[] };
    expect(text).toContain("<｜Assistant｜>\n\n42<｜end▁of▁sentence｜><｜User｜>What is 2 + 2?");
    expect(text).not.toContain("secret");
    expect((await json(["chat", "--messages", messages])).value).toMatchObject({ promptTokens: tokens.length });
  });

  it("under npm start without a window, says why, answers an example, and ends with status 0", async () => {
    const { status, stdout, stderr } = await r1(["chat", "--notice", "No window, because there is no display."]);
    expect(status).toBe(0);
    expect(stderr.split("\n")[0]).toBe("No window, because there is no display.");
    expect(stderr).toContain("What is 17 + 25?");
    expect(stdout.trim()).not.toBe("");
  });

  it.skipIf(process.platform === "win32")("stops at Ctrl+C with status 130", async () => {
    const many = Array.from({ length: 150 }, (_, index) => `${index}`).join(" ");
    const stopped = await r1(["chat", "--max-tokens", "1500", `Repeat: ${many}`, "--notice", "go"], {
      once: [/^go$/m, (child) => child.kill("SIGINT")],
    });
    expect(stopped.status).toBe(130);
  });

  it("continues when the reader has closed the pipe", async () => {
    const child = spawn(process.execPath, [r1Entry, "chat", "What is 17 + 25?"], {
      env: { ...process.env, R1_WORKBENCH_HOME: home },
      stdio: ["ignore", "pipe", "pipe"],
    });
    let stderr = "";
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      stderr += text;
    });
    child.stdout.destroy();
    const [status] = (await once(child, "close")) as [number];
    expect(status).toBe(0);
    expect(stderr).not.toMatch(/EPIPE|Error/);
  });
});

describe("r1 bench", () => {
  const short = ["bench", "-p", "16", "-n", "8", "-d", "0,32", "-r", "2"];

  it("gives the agreed JSON", async () => {
    const { status, value } = await json([...short, "-t", "1"]);
    expect(status).toBe(0);
    const speed = { median: expect.any(Number), min: expect.any(Number), max: expect.any(Number) };
    const tokensPerSecond = { ...speed, samples: [expect.any(Number), expect.any(Number)] };
    expect(value).toEqual({
      conditions: expect.objectContaining({
        settings: expect.objectContaining({ threads: 1 }),
        noise: expect.objectContaining({ noisy: expect.any(Boolean) }),
      }),
      tests: [
        { name: "pp16", depth: 0, tokensPerSecond },
        { name: "tg8", depth: 0, tokensPerSecond },
        { name: "pp16", depth: 32, tokensPerSecond },
        { name: "tg8", depth: 32, tokensPerSecond },
      ],
      loadMs: expect.any(Number),
      ttftMs: expect.any(Number),
      peakMemoryBytes: expect.any(Number),
    });
    expect(JSON.stringify(value)).not.toContain(work);
  });

  it("has the model solve problems with --solve, R1 Nano those of its own level", async () => {
    const solve = ["bench", "-p", "16", "-n", "0", "-r", "1", "--solve", "8", "--seed", "2"];
    const { status, value } = await json(solve);
    expect(status).toBe(0);
    const figure = { value: expect.any(Number), low: expect.any(Number), high: expect.any(Number) };
    expect(value).toMatchObject({
      tests: [{ name: "pp16" }],
      solve: {
        asked: 8,
        right: expect.any(Number),
        share: figure,
        tokensPerRightAnswer: expect.any(Number),
        secondsPerRightAnswer: expect.any(Number),
        problems: { level: "nano", seed: 2, wanted: 8 },
      },
    });
    // It was trained on such questions, and the seed fixes what it writes.
    expect((value as { solve: { right: number } }).solve.right).toBeGreaterThanOrEqual(6);
    const { stdout } = await r1(solve);
    expect(stdout).toMatch(/^Problems solved: \d of 8, \d+ % \(\d+ % to \d+ %\)\.$/m);
    const refused = await json(["bench", "--level", "easy"]);
    expect(refused).toMatchObject({ status: 2, value: { error: { code: "usage" } } });
  });

  it("prints a table by default, and llama-bench's formats on request", async () => {
    const { stdout } = await r1(short);
    expect(stdout).toMatch(/^R1 Nano, Q8_0, .* on \w+$/m);
    expect(stdout).toMatch(/^test +depth +tok\/s +middle half +range +runs$/m);
    expect(stdout).toMatch(/^tg8 +32 +[\d.,]+ +[\d.,]+ to [\d.,]+ +[\d.,]+ to [\d.,]+ +2$/m);
    const markdown = await r1([...short, "-o", "md"]);
    expect(markdown.stdout).toMatch(/\| +tg8 @ d32 \| +[\d.]+ ± [\d.]+ \|/);
  });

  it.skipIf(process.platform === "win32")("prints what is done at Ctrl+C, with status 130", async () => {
    const { status, stdout } = await r1(["bench", "-p", "16", "-n", "512", "-r", "300"], {
      once: [/^pp16: [\d.,]+ tok\/s/m, (child) => child.kill("SIGINT")],
    });
    expect(status).toBe(130);
    expect(stdout).toMatch(/^pp16 .* 300$/m);
  });

  it("fails with a code when no test fits", async () => {
    const { status, value } = await json(["bench", "-p", "4096", "-n", "0"]);
    expect({ status, value }).toMatchObject({ status: 1, value: { error: { code: "benchmark-nothing-to-measure" } } });
  });
});

describe("r1 inspect and r1 models", () => {
  it("list the models and their facts", async () => {
    expect((await json(["inspect", nano])).value).toMatchObject({
      architecture: "qwen2",
      name: "R1 Nano",
      parameters: expect.any(Number),
      quantization: expect.any(String),
      contextLength: 2048,
      layers: expect.any(Number),
      sizeBytes: expect.any(Number),
      chatTemplate: expect.stringContaining("think"),
      licence: expect.any(String),
      problems: [],
    });
    expect((await json(["models"])).value).toMatchObject([
      { id: "r1-nano", name: "R1 Nano", path: nano, architecture: "qwen2", builtIn: true, problems: [] },
    ]);
    expect((await r1(["models"])).stdout).toMatch(/^r1-nano {2}R1 Nano · .+ · built in\n$/);
    expect((await r1(["inspect", nano])).stdout).toMatch(/^Name +R1 Nano$/m);
    const inFrench = await r1(["inspect", nano], { env: { LC_ALL: "fr_FR.UTF-8" } });
    expect(inFrench.stdout).toMatch(/^Taille +\d+\sko$/m);
  });
});

describe("what goes wrong", () => {
  it.each([
    [["chat", "  \n"], "prompt-empty", undefined],
    [["chat"], "prompt-empty", "   \n"],
    [["chat"], "text-not-utf8", Buffer.from([0x68, 0xff, 0xfe])],
    [["chat", "--model", "no-such-model", "hi"], "model-not-found", undefined],
    [["chat", "--model", "/no/such.gguf", "hi"], "model-file-missing", undefined],
    [["chat", "--messages", "-"], "messages-invalid", "{"],
    [["chat", "a ".repeat(3000)], "context-exceeded", undefined],
    [["inspect", "/no/such.gguf"], "model-file-missing", undefined],
    [["inspect", "/"], "model-is-folder", undefined],
  ] as const)("fails with its code and status 1 ($1, case %#)", async (args, code, input) => {
    const options = input === undefined ? {} : { input };
    expect(await json([...args], options)).toMatchObject({
      status: 1,
      value: { error: { code, message: expect.any(String) } },
    });
  });

  it("prints the same on stderr in plain language, with what to do next", async () => {
    const { status, stdout, stderr } = await r1(["inspect", file("empty.gguf", "")]);
    expect({ status, stdout }).toEqual({ status: 1, stdout: "" });
    expect(stderr).toMatch(/^r1: The model file is empty\..* Download the file again\.\n$/);
  });

  it("names a missing file as it was typed, the detail of a damaged header, and the command of a late usage error", async () => {
    expect((await json(["inspect", "nofile.gguf"])).value).toMatchObject({
      error: { code: "model-file-missing", facts: { case: "at", path: "nofile.gguf" } },
    });
    const damaged = join(work, "damaged.gguf");
    writeFileSync(damaged, Buffer.concat([Buffer.from("GGUF\x03\0\0\0", "latin1"), Buffer.alloc(64, 0xff)]));
    const { status, stderr } = await r1(["inspect", damaged]);
    expect(status).toBe(1);
    expect(stderr).toMatch(/^r1: .+\nDetail: .+\n$/);
    expect((await json(["chat", "--messages", "nofile.json"])).value).toMatchObject({
      error: { code: "usage", facts: { case: "fileMissing", path: "nofile.json", command: "chat" } },
    });
    const { stderr: fit } = await r1(["fit", "nothere"]);
    expect(fit).toContain("r1-distill-qwen-1.5b");
    expect(fit).toContain("`r1 models`");
  });

  it("ends with status 2 on an unknown flag or command", async () => {
    expect(await json(["chat", "--loud", "hi"])).toMatchObject({ status: 2, value: { error: { code: "usage" } } });
    const { status, stderr } = await r1(["sing"]);
    expect(status).toBe(2);
    expect(stderr).toContain("r1 --help");
  });

  it("prints help and version without any set-up", async () => {
    expect((await r1(["--help"])).stdout).toContain("Usage:");
    expect((await r1(["chat", "--help"])).stdout).toContain("--max-tokens N");
    expect((await r1(["--version"])).stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
  });

  it("prints one document with --json, also for help, version and a command line without a command", async () => {
    const commands = commandNames.map((name) => expect.objectContaining({ name }) as unknown);
    expect(await json(["--help"])).toMatchObject({ status: 0, value: { commands } });
    expect(await json(["fit", "--help"])).toMatchObject({ status: 0, value: { commands: [{ name: "fit" }] } });
    expect(await json(["--version"])).toMatchObject({ status: 0, value: { version: expect.any(String) } });
    expect(await json([])).toEqual({
      status: 2,
      value: { error: { code: "usage", facts: { case: "noCommand" }, message: "No command was given." } },
    });
  });
});

it.skipIf(process.platform === "win32")(
  "everything these commands wrote to the home is private to the user",
  async () => {
    expect(existsSync(join(home, "model-use.json"))).toBe(true);
    expect(await openToOthers(home)).toEqual([]);
  },
);
