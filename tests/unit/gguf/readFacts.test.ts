import { chmod, mkdir, readFile, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { readFacts } from "../../../electron/engine/gguf/readFacts.ts";
import { ggufBytes, scalar } from "../../support/GgufPlan.ts";
import { hostileGgufs, oddButSoundGgufs } from "../../support/hostileGgufs.ts";
import { temporaryFolder } from "../../support/temporaryFolder.ts";
import { tinyLlama } from "../../support/tinyLlama.ts";
import { toProblem } from "../../../electron/contract/errors.ts";
import { failureText } from "../../../electron/texts/failureText.ts";
import { openTexts } from "../../../electron/texts/texts.ts";

async function factsOf(bytes: Buffer, fileName = "model.gguf") {
  const path = join(await temporaryFolder(), fileName);
  await writeFile(path, bytes);
  return await readFacts(path);
}

describe("files that must never reach native code", () => {
  test("the list contains those that crash or hang native code", () => {
    const count = (native: string) => hostileGgufs.filter((file) => file.native === native).length;
    expect([count("aborts"), count("hangs")]).toEqual([19, 3]);
  });

  test.each(hostileGgufs)("$name: $code", async ({ code, bytes }) => {
    const failure = await factsOf(bytes()).catch((error: unknown) => error);
    expect(failure).toMatchObject({ name: "WorkbenchError", code });
    const { what } = failureText(openTexts("en"), toProblem(failure));
    expect(what).toMatch(/^[A-Z].*[.!]$|\.$/);
  });
});

test("the list of architectures matches the installed llama.cpp", async () => {
  const manifest = new URL("../../../node_modules/node-llama-cpp/package.json", import.meta.url);
  const { version } = JSON.parse(await readFile(manifest, "utf8")) as { version: string };
  // After an update, compare electron/engine/gguf/architectures.ts and tensorTypes.ts with its sources.
  expect(version).toBe("3.21.1");
});

describe("odd but valid files", () => {
  test.each(oddButSoundGgufs)("$name", async ({ bytes }) => {
    expect((await factsOf(bytes())).problems).toEqual([]);
  });
});

describe("paths that are not model files", () => {
  test("missing", async () => {
    const path = join(await temporaryFolder(), "gone.gguf");
    await expect(readFacts(path)).rejects.toMatchObject({ code: "model-file-missing" });
  });

  test("below a file, as if it were a folder", async () => {
    const file = join(await temporaryFolder(), "file");
    await writeFile(file, "x");
    await expect(readFacts(join(file, "a.gguf"))).rejects.toMatchObject({ code: "model-file-missing" });
  });

  test("a folder", async () => {
    const folder = join(await temporaryFolder(), "folder.gguf");
    await mkdir(folder);
    await expect(readFacts(folder)).rejects.toMatchObject({ code: "model-is-folder" });
  });

  test("a dangling link", async () => {
    const link = join(await temporaryFolder(), "link.gguf");
    await symlink("nowhere.gguf", link);
    await expect(readFacts(link)).rejects.toMatchObject({ code: "model-file-missing" });
  });

  test.skipIf(process.platform === "win32")("a device", async () => {
    await expect(readFacts("/dev/zero")).rejects.toMatchObject({ code: "model-file-unreadable" });
  });

  // Root can read everything, whatever the permissions.
  test.skipIf(process.getuid?.() === 0 || process.platform === "win32")("no permission", async () => {
    const path = join(await temporaryFolder(), "secret.gguf");
    await writeFile(path, ggufBytes(tinyLlama()));
    await chmod(path, 0o000);
    await expect(readFacts(path)).rejects.toMatchObject({ code: "model-file-unreadable" });
  });

  // Not even root can read a process's memory from address 0, so this is a read error on any Linux.
  test.skipIf(process.platform !== "linux")("unreadable, for root too", async () => {
    await expect(readFacts("/proc/self/mem")).rejects.toMatchObject({
      code: expect.stringMatching(/^model-file-(unreadable|empty)$/),
    });
  });
});

describe("the facts", () => {
  test("the tiny model, in full", async () => {
    const facts = await factsOf(ggufBytes(tinyLlama()));
    expect(facts).toMatchObject({
      architecture: "llama",
      name: "Tiny Llama",
      parameters: 2 * 64 * 300 + 2 * 64 + 64 + 4 * 64 * 64 + 3 * 64 * 128,
      quantization: "F32",
      contextLength: 512,
      layers: 1,
      licence: "mit",
      family: "other",
      shape: { layers: 1, width: 64, heads: 2, keyValueHeads: 2, keyLength: 32, feedForward: 128, vocabulary: 300 },
    });
    expect(facts.chatTemplate).toContain("add_generation_prompt");
  });

  test("the built-in model is of R1's family", async () => {
    const path = fileURLToPath(new URL("../../../resources/models/r1-nano.gguf", import.meta.url));
    expect(await readFacts(path)).toMatchObject({
      family: "r1",
      architecture: "qwen2",
      quantization: "Q8_0",
      problems: [],
    });
  });

  test("a stated quantization that contradicts the tensors is not repeated", async () => {
    const plan = tinyLlama();
    plan.keys = plan.keys.filter(({ key }) => key !== "general.file_type");
    plan.keys.push({ key: "general.file_type", value: scalar("uint32", 15) });
    expect((await factsOf(ggufBytes(plan))).quantization).toBe("F32");
  });

  test("control characters in a name do not reach the screen", async () => {
    const plan = tinyLlama();
    plan.keys = plan.keys.filter(({ key }) => key !== "general.name");
    plan.keys.push({ key: "general.name", value: scalar("string", "Nice\u001b[2J\n\u202emodel") });
    expect((await factsOf(ggufBytes(plan))).name).toBe("Nice [2J model");
  });
});

describe("valid files that cannot chat", () => {
  test("no chat template", async () => {
    const plan = tinyLlama();
    plan.keys = plan.keys.filter(({ key }) => key !== "tokenizer.chat_template");
    expect((await factsOf(ggufBytes(plan))).problems).toMatchObject([{ code: "model-not-chat" }]);
  });

  test.each([
    ["bert", "model-not-chat"],
    ["clip", "model-not-chat"],
    ["newest-thing", "model-architecture-unsupported"],
  ])("architecture %s: %s", async (architecture, code) => {
    const plan = tinyLlama();
    plan.keys[0] = { key: "general.architecture", value: scalar("string", architecture) };
    expect((await factsOf(ggufBytes(plan))).problems).toMatchObject([{ code }]);
  });

  test("an adapter", async () => {
    const plan = tinyLlama();
    plan.keys.push({ key: "general.type", value: scalar("string", "adapter") });
    expect((await factsOf(ggufBytes(plan))).problems).toMatchObject([{ code: "model-not-chat" }]);
  });

  test("an unknown tokenizer", async () => {
    const plan = tinyLlama();
    plan.keys = plan.keys.filter(({ key }) => key !== "tokenizer.ggml.model");
    plan.keys.push({ key: "tokenizer.ggml.model", value: scalar("string", "newest") });
    expect((await factsOf(ggufBytes(plan))).problems).toMatchObject([{ code: "model-architecture-unsupported" }]);
  });
});
