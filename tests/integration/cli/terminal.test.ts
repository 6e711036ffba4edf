import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, it, vi } from "vitest";
import type { Workbench } from "../../../electron/workbench/workbench.ts";
import { r1Entry, runR1, type RunOptions } from "../../support/cli/runR1.ts";
import { TerminalSession } from "../../support/cli/TerminalSession.ts";
import { openTestWorkbench } from "../../support/openTestWorkbench.ts";

const nano = fileURLToPath(new URL("../../../resources/models/r1-nano.gguf", import.meta.url));
const work = mkdtempSync(join(tmpdir(), "r1-terminal-"));
const home = join(work, "home");
afterAll(() => rmSync(work, { recursive: true, force: true }));

const r1 = (args: string[], options: Omit<RunOptions, "home"> = {}) => runR1(args, { home, ...options });
const promptTokens = async (args: string[], input?: string): Promise<number> => {
  const { stdout } = await r1([...args, "--max-tokens", "1", "--json"], input === undefined ? {} : { input });
  return (JSON.parse(stdout) as { promptTokens: number }).promptTokens;
};

describe("text on stdin", () => {
  it("is appended to the prompt, after a blank line", async () => {
    const whole = await promptTokens(["chat", "Summarise\n\none\ntwo\n"]);
    expect(await promptTokens(["chat", "Summarise"], "one\ntwo\n")).toBe(whole);
    expect(await promptTokens(["chat", "Summarise"], " \n")).toBe(await promptTokens(["chat", "Summarise"]));
  });

  it.skipIf(process.platform === "win32")("is read to its end from a shell's pipe, however late it comes", async () => {
    const command = `(sleep 2; printf 'one\\ntwo\\n') | '${process.execPath}' '${r1Entry}' chat --max-tokens 1 --json Summarise`;
    const env = { ...process.env, R1_WORKBENCH_HOME: home };
    const { promptTokens: fed } = JSON.parse(execFileSync("sh", ["-c", command], { env, encoding: "utf8" })) as {
      promptTokens: number;
    };
    expect(fed).toBe(await promptTokens(["chat", "Summarise\n\none\ntwo\n"]));
  });

  it("that is never written does not block a prompt", async () => {
    const env = { ...process.env, R1_WORKBENCH_HOME: home };
    const child = spawn(process.execPath, [r1Entry, "chat", "What is 2 + 2?"], {
      env,
      stdio: ["pipe", "pipe", "ignore"],
    });
    expect(await once(child, "close")).toEqual([0, null]);
  });

  it.skipIf(process.platform === "win32")("that never ends is left at Ctrl+C with status 130", async () => {
    const env = { ...process.env, R1_WORKBENCH_HOME: home };
    const child = spawn(process.execPath, [r1Entry, "chat", "--notice", "go"], {
      env,
      stdio: ["pipe", "pipe", "pipe"],
    });
    child.stdin.write("half a");
    await once(child.stderr, "data");
    child.kill("SIGINT");
    expect(await once(child, "close")).toEqual([130, null]);
  });
});

describe.runIf(process.platform === "linux")("output that cannot be written", () => {
  const long = [
    "chat",
    "--no-think",
    "--seed",
    "3",
    "--temperature",
    "2",
    "--max-tokens",
    "1800",
    "Repeat: 1 2 3 4 5 6",
  ];

  it("ends with status 1 and one line on a full disk, for every kind of output", async () => {
    const full = openSync("/dev/full", "w");
    const commands = [
      ["--help"],
      ["--version"],
      ["models"],
      ["models", "--json"],
      ["inspect", nano, "--json"],
      ["chat", "--json", "hi"],
    ];
    for (const args of commands) {
      const env = { ...process.env, R1_WORKBENCH_HOME: home };
      const child = spawn(process.execPath, [r1Entry, ...args], { env, stdio: ["ignore", full, "pipe"] });
      let stderr = "";
      child.stderr?.setEncoding("utf8").on("data", (text: string) => {
        stderr += text;
      });
      expect([args, await once(child, "close")]).toEqual([args, [1, null]]);
      expect(stderr).toMatch(/^r1: The output could not be written: the disk is full\. .+\n$/);
    }
  });

  it("ends the reply and the engine with status 0 and no message when the reader has closed the pipe", async () => {
    const env = { ...process.env, R1_WORKBENCH_HOME: home };
    const child = spawn(process.execPath, [r1Entry, ...long], { env, stdio: ["ignore", "pipe", "pipe"] });
    let stderr = "";
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      stderr += text;
    });
    const closed = once(child, "close");
    // Before the first word: a reply of R1 Nano may take less time than a busy machine needs to tell of that.
    const engines = await vi.waitFor(() => {
      const running = childrenOf(child.pid ?? 0);
      expect(running).not.toEqual([]);
      return running;
    });
    child.stdout.destroy();
    expect(await closed).toEqual([0, null]);
    expect(stderr).toBe("");
    for (const pid of engines) expect(existsSync(`/proc/${pid}`)).toBe(false);
  });
});

it("damaged settings are reported once, by the first command that runs", async () => {
  for (const args of [
    ["models", "--json"],
    ["inspect", nano, "--json"],
    ["chat", "--json", "What is 2 + 2?"],
  ]) {
    const damaged = mkdtempSync(join(work, "damaged-"));
    writeFileSync(join(damaged, "settings.json"), "{ not JSON");
    const first = await runR1(args, { home: damaged });
    expect(first.status).toBe(0);
    expect(first.stderr).toMatch(/^r1: The settings could not be read; .+settings\.json.+\n$/);
    expect(JSON.parse(first.stdout)).toBeTruthy();
    expect((await runR1(args, { home: damaged })).stderr).toBe("");
  }
});

it("a model file in this folder may have any name", async () => {
  const folder = join(work, "blobs");
  mkdirSync(folder);
  copyFileSync(nano, join(folder, "sha256-0123456789abcdef"));
  const { status, stdout } = await r1(
    ["chat", "--model", "sha256-0123456789abcdef", "--max-tokens", "1", "--json", "hi"],
    {
      folder,
    },
  );
  expect({ status, answer: JSON.parse(stdout) as unknown }).toMatchObject({ status: 0, answer: { thoughtTokens: 1 } });
  const missing = await r1(["chat", "--model", "sha256-none", "--json", "hi"], { folder });
  expect(JSON.parse(missing.stdout)).toMatchObject({ error: { code: "model-not-found" } });
});

describe.skipIf(process.platform === "win32")("a chat at a terminal", () => {
  it("sends pasted lines as one message, and loses no lines that are not marked as pasted", async () => {
    const own = mkdtempSync(join(work, "chat-"));
    const session = new TerminalSession(["chat"], own);
    await session.shows("> ");
    session.type("\x1B[200~What is\r17 + 25?\nSay \x1B[31mit.\x1B[201~");
    await session.shows("Say");
    session.type("\r");
    await session.shows("tok/s");
    session.type("What is 2 + 2?\rWhat is 3 + 3?\rWhat is 4 + 4?\r");
    await session.shows("tok/s", 4);
    session.type("/quit\r");
    expect(await session.end()).toBe(0);
    expect(await questions(own)).toEqual([
      "What is\n17 + 25?\nSay [31mit.",
      "What is 2 + 2?",
      "What is 3 + 3?",
      "What is 4 + 4?",
    ]);
  });

  it("keeps the limits, temperature and seed of the command in the chat", async () => {
    const own = mkdtempSync(join(work, "chat-"));
    const limits = ["--max-tokens", "300", "--max-thought-tokens", "5", "--max-thought-seconds", "60"];
    const session = new TerminalSession(["chat", ...limits, "--temperature", "0.5", "--seed", "4294967295"], own);
    await session.shows("> ");
    session.type("What is 17 + 25?\r");
    await session.shows("thought ended at its token limit");
    session.type("/quit\r");
    expect(await session.end()).toBe(0);
    const { workbench } = await openTestWorkbench(own);
    expect((await firstChat(workbench)).chat.replySettings).toEqual({
      maxTokens: 300,
      thoughtTokens: 5,
      thoughtSeconds: 60,
      temperature: 0.5,
      topP: null,
      seed: 4_294_967_295,
    });
  });

  it("exits on Ctrl+C with status 130, and on Ctrl+D with 0", async () => {
    for (const [key, status] of [["\x03", 130] as const, ["\x04", 0] as const]) {
      const session = new TerminalSession(["chat"], home);
      await session.shows("> ");
      session.type(key);
      expect(await session.end()).toBe(status);
    }
  });
});

async function questions(own: string): Promise<string[]> {
  const { workbench } = await openTestWorkbench(own);
  const { messages } = await firstChat(workbench);
  return messages.filter(({ role }) => role === "user").map(({ text }) => text);
}

async function firstChat(workbench: Workbench) {
  const { chats } = await workbench.call("chats.list", {});
  return workbench.call("chats.open", { chatId: chats[0]?.id ?? "" });
}

function childrenOf(pid: number): number[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((id) => {
      try {
        return Number(/^\d+ \(.*\) \S (\d+)/s.exec(readFileSync(`/proc/${id}/stat`, "utf8"))?.[1]) === pid;
      } catch {
        return false;
      }
    });
}
