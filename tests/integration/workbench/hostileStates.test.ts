import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { SecondTurns, tokensOf } from "../../support/engine/SecondTurns.ts";
import { openTestWorkbench, type TestWorkbench } from "../../support/openTestWorkbench.ts";

const sum = "What is 17 + 25?";
const other = "What is 2 + 2?";

function changed(bytes: Buffer, change: (copy: Buffer) => void): Buffer {
  const copy = Buffer.from(bytes);
  change(copy);
  return copy;
}
/** Where the cells begin: after "ggsq", the version, the number of tokens, and the tokens. */
const cellsAt = (bytes: Buffer): number => 12 + 4 * bytes.readUInt32LE(8);

/** What may be found instead of the file that llama.cpp wrote. The first ones would end the engine if it loaded them. */
const contents: Record<string, (bytes: Buffer) => Buffer> = {
  "is cut off": (bytes) => bytes.subarray(0, bytes.length / 2),
  "is cut off after the tokens": (bytes) => bytes.subarray(0, cellsAt(bytes)),
  "has a wrong number of cells": (bytes) => changed(bytes, (copy) => copy.writeUInt32LE(2 ** 31, cellsAt(bytes) + 4)),
  "has fewer cells than tokens": (bytes) => changed(bytes, (copy) => copy.writeUInt32LE(3, cellsAt(bytes) + 4)),
  "has a wrong number of streams": (bytes) => changed(bytes, (copy) => copy.writeUInt32LE(2 ** 31, cellsAt(bytes))),
  "claims billions of tokens": (bytes) => changed(bytes, (copy) => copy.writeUInt32LE(2 ** 32 - 1, 8)),
  "is empty": () => Buffer.alloc(0),
  "is of another version": (bytes) => changed(bytes, (copy) => copy.writeUInt32LE(2, 4)),
  "is something else": (bytes) => Buffer.alloc(bytes.length, "GGUF"),
  "has one wrong bit": (bytes) =>
    changed(bytes, (copy) => (copy[bytes.length - 1000] = (copy[bytes.length - 1000] ?? 0) ^ 1)),
  "has more at its end": (bytes) => Buffer.concat([bytes, Buffer.alloc(100)]),
};

interface Scene extends TestWorkbench {
  turns: SecondTurns;
  chatId: string;
  folder: string;
  /** Path of the one state. */
  path: string;
  /** Resolves with the figures of a reply whose state was replaced before. */
  ask: () => Promise<{ cachedTokens: number; promptTokens: number }>;
}

async function keptChat(): Promise<Scene> {
  const opened = await openTestWorkbench();
  const turns = new SecondTurns(opened);
  const chatId = await turns.newChat();
  await turns.send(chatId, sum);
  await opened.workbench.call("models.unload", {});
  const folder = join(opened.home, "state");
  const path = join(folder, readdirSync(folder).find((name) => name.endsWith(".bin")) ?? "");
  const ask = async () => {
    const reply = await turns.send(chatId, other);
    expect(reply).toMatchObject({ state: "done", problem: null });
    if (reply.stats === null) throw new Error("no figures");
    return reply.stats;
  };
  return { ...opened, turns, chatId, folder, path, ask };
}

async function enginePid({ workbench }: Scene): Promise<number | null> {
  const state = await workbench.call("engine.state", {});
  return "info" in state ? state.info.pid : null;
}

function crashes(home: string): unknown[] {
  const { models } = JSON.parse(readFileSync(join(home, "model-use.json"), "utf8")) as {
    models: Record<string, unknown>;
  };
  return Object.values(models).map((record) => {
    const { crashes: count, mark } = record as { crashes: number; mark: unknown };
    return { count, mark };
  });
}

it("a file that is not what was saved is refused, removed, and never seen by llama.cpp", {
  timeout: 300_000,
}, async () => {
  const scene = await keptChat();
  const { workbench, turns, chatId, path, folder, home } = scene;
  const pid = await enginePid(scene);
  const replace: Record<string, () => void> = {
    ...Object.fromEntries(
      Object.entries(contents).map(([name, content]) => [name, () => writeFileSync(path, content(readFileSync(path)))]),
    ),
    "is a link": () => {
      const elsewhere = join(home, "elsewhere.bin");
      writeFileSync(elsewhere, readFileSync(path));
      rmSync(path);
      symlinkSync(elsewhere, path);
    },
    "is a folder": () => {
      rmSync(path);
      mkdirSync(path);
    },
    "is a pipe": () => {
      rmSync(path);
      execFileSync("mkfifo", [path]);
    },
    "is gone": () => rmSync(path),
  };
  for (const [name, act] of Object.entries(replace)) {
    expect(existsSync(path), name).toBe(true);
    act();
    const { cachedTokens } = await scene.ask();
    expect(cachedTokens, name).toBe(0);
    await workbench.call("models.unload", {});
    expect(await enginePid(scene), name).toBe(pid);
    expect(crashes(home), name).toEqual([{ count: 0, mark: null }]);
    expect(
      readdirSync(folder).filter((file) => file.endsWith(".loading")),
      name,
    ).toEqual([]);
  }
  // The state that was saved last is sound, and is used.
  expect((await turns.send(chatId, other)).stats?.cachedTokens).toBeGreaterThan(0);
});

it("a note that is not ours is removed with its file", async () => {
  const scene = await keptChat();
  const note = scene.path.replace(/bin$/, "json");
  for (const text of ["", "{}", `{"key":"../..","sha256":1}`, "x".repeat(5000)]) {
    writeFileSync(note, text);
    expect((await scene.ask()).cachedTokens).toBe(0);
    await scene.workbench.call("models.unload", {});
    expect(existsSync(note)).toBe(true);
  }
});

it("if the note was forged too, the file is loaded once at most, and no crash counts against the model", async () => {
  const scene = await keptChat();
  const { path, home, workbench } = scene;
  for (const name of ["is cut off", "has a wrong number of cells", "is of another version"] as const) {
    const note = path.replace(/bin$/, "json");
    const bytes = contents[name]?.(readFileSync(path)) ?? Buffer.alloc(0);
    writeFileSync(path, bytes);
    const sha256 = createHash("sha256").update(bytes).digest("hex");
    const written = JSON.parse(readFileSync(note, "utf8")) as object;
    writeFileSync(note, JSON.stringify({ ...written, sha256, sizeBytes: bytes.length }));
    const { cachedTokens, promptTokens } = await scene.ask();
    expect(cachedTokens, name).toBe(0);
    expect(promptTokens).toBeGreaterThan(tokensOf(sum));
    expect(crashes(home), name).toEqual([{ count: 0, mark: null }]);
    await workbench.call("models.unload", {});
  }
});
