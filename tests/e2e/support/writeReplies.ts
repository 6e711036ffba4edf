import { rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect } from "@playwright/test";
import { type EngineReport, engineProtocolVersion } from "../../../electron/contract/engineProtocol.ts";
import type { LoadedFacts } from "../../../electron/contract/models.ts";
import { seededRandom } from "../../support/seededRandom.ts";
import { replies, replyCount } from "./chatSteps.ts";
import type { RunningApp } from "./launchApp.ts";

/** A reply for the model to write. */
export interface WrittenReply {
  answer: string;
  /** If omitted, none. */
  thought?: string;
  /** Characters (code points) that arrive at once; `null`: all. With `seed`, random pieces of 1 to this many. */
  pieceChars?: number | null;
  seed?: number;
  /** Whether the reply stays unfinished until it is stopped, or its thought until it is skipped. */
  hold?: boolean | "thought";
  /** Whether it is said to repeat itself. */
  isRepeating?: boolean;
}

/** The process id is the real engine's. */
const ready: Extract<EngineReport, { type: "ready" }> = {
  type: "ready",
  protocol: engineProtocolVersion,
  info: {
    pid: 0,
    nodeVersion: "22",
    libraryVersion: "0",
    llamaRelease: "b0",
    backend: "cpu",
    computeCores: 1,
    cpuFeatures: [],
  },
};

/** The sizes are those that were requested. */
const facts: LoadedFacts = {
  contextSize: 0,
  batchSize: 0,
  threads: 1,
  gpuLayers: 0,
  layers: 3,
  flashAttention: null,
  kvCacheType: "f16",
  memoryMapped: true,
  largePages: false,
  description: "a test's own words",
  weightsBytes: 1_000_000,
  loadMs: 1,
};

const replyFile = (home: string): string => join(home, "test-reply.json");

/** Returns the environment and preload file for an app whose model writes what `writeNext` provides. */
export function writingEngine(home: string): { preload: string; env: Record<string, string> } {
  return {
    preload: fileURLToPath(new URL("replaceEngine.cjs", import.meta.url)),
    env: {
      R1_TEST_ENGINE: fileURLToPath(new URL("writingEngine.mjs", import.meta.url)),
      R1_TEST_REPLY: replyFile(home),
      R1_TEST_ENGINE_SAYS: JSON.stringify({ ready, facts }),
    },
  };
}

/** Sets every following reply, in an app launched with `launchApp({ writes: true })`. Several are written in turns. */
export async function writeNext(home: string, reply: WrittenReply | readonly WrittenReply[]): Promise<void> {
  const path = replyFile(home);
  await writeFile(`${path}.new`, JSON.stringify("answer" in reply ? inPieces(reply) : reply.map(inPieces)));
  await rename(`${path}.new`, path);
}

function inPieces(reply: WrittenReply) {
  const pieces = [
    ...cut(reply.thought ?? "", reply).map((text) => ({ part: "thought", text })),
    ...cut(reply.answer, reply).map((text) => ({ part: "answer", text })),
  ];
  const { hold = false, isRepeating = false } = reply;
  return { pieces, hold, isRepeating };
}

/** Sends a message, and waits until the model has written exactly this reply. */
export async function receive({ page, home }: Pick<RunningApp, "page" | "home">, reply: WrittenReply): Promise<void> {
  await writeNext(home, reply);
  const before = await replyCount(page);
  await page.getByRole("textbox", { name: "Message" }).fill("Write it.");
  await page.getByRole("textbox", { name: "Message" }).press("Enter");
  await expect(replies(page)).toHaveCount(before + 1);
  if (reply.hold) await expect(page.getByRole("button", { name: "Stop" })).toBeVisible();
  else await expect(replies(page).last().getByRole("button", { name: "Regenerate" })).toBeVisible();
}

function cut(text: string, { pieceChars = null, seed }: WrittenReply): string[] {
  if (text === "") return [];
  if (pieceChars === null) return [text];
  const characters = Array.from(text);
  const random = seed === undefined ? null : seededRandom(seed);
  const pieces: string[] = [];
  for (let at = 0; at < characters.length; ) {
    const length = random === null ? pieceChars : 1 + Math.floor(random() * pieceChars);
    pieces.push(characters.slice(at, at + length).join(""));
    at += length;
  }
  return pieces;
}
