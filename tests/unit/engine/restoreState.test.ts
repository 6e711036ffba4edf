import { createHash } from "node:crypto";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { PromptParams } from "../../../electron/contract/engineProtocol.ts";
import { type LoadedModel, preparePrompt } from "../../../electron/engine/LoadedModel.ts";
import { restoreState } from "../../../electron/engine/read/restoreState.ts";
import { byteVocabulary } from "../../support/engine/byteVocabulary.ts";
import { temporaryFolder } from "../../support/temporaryFolder.ts";

const prompt: PromptParams = { messages: [{ role: "user", content: "What is 17 + 25? ".repeat(5) }], thinking: "on" };

/** A sequence that behaves as node-llama-cpp 3.21.1 does: a failed load leaves its cells, and believes it empty. */
class Sequence {
  readonly needsCheckpoints = false;
  /** What the library believes is there. */
  contextTokens = [1, 2, 3];
  /** What is there. */
  cells = [1, 2, 3];

  get nextTokenIndex(): number {
    return this.contextTokens.length;
  }

  clearHistory(): Promise<void> {
    // It asks llama.cpp to delete only what it believes is there.
    this.cells.splice(0, this.contextTokens.length);
    this.contextTokens = [];
    return Promise.resolve();
  }

  loadStateFromFile(): Promise<void> {
    this.contextTokens = [];
    return Promise.reject(new Error("Failed to load state from file."));
  }
}

test("after a file that cannot be loaded, nothing is in the context, and the library knows that", async () => {
  const sequence = new Sequence();
  const loaded = {
    params: { family: "r1", chatTemplate: null },
    model: {},
    sequence,
    context: { contextSize: 4096 },
    vocabulary: byteVocabulary,
  } as unknown as LoadedModel;
  const { tokens } = await preparePrompt(loaded, prompt);
  const bytes = Buffer.alloc(12 + 4 * tokens.length + 8);
  const numbers = [0x67677371, 3, tokens.length, ...tokens, 1, tokens.length];
  for (const [index, number] of numbers.entries()) bytes.writeUInt32LE(number, 4 * index);
  const path = join(await temporaryFolder(), "state.bin");
  writeFileSync(path, bytes);
  const sha256 = createHash("sha256").update(bytes).digest("hex");
  const restored = await restoreState(
    loaded,
    { prompt, path, sizeBytes: bytes.length, sha256 },
    new AbortController().signal,
  );
  expect(restored.outcome).toBe("damaged");
  expect(sequence.contextTokens).toEqual([]);
  expect(sequence.cells).toEqual([]);
});
