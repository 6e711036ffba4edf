import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { WorkbenchError } from "../../../electron/contract/errors.ts";
import { readFacts } from "../../../electron/engine/gguf/readFacts.ts";
import { ggufBytes, headerLength } from "../../support/GgufPlan.ts";
import { temporaryFolder } from "../../support/temporaryFolder.ts";
import { seededRandom } from "../../support/seededRandom.ts";
import { tinyLlama } from "../../support/tinyLlama.ts";

const rounds = 2000;
const limitMs = 1000;

// One to four bytes of the header are changed. Each needs a verdict, quickly, and with a code if it is refused.
test(`${rounds} damaged headers each get a verdict within a second`, { timeout: 120_000 }, async () => {
  const sound = ggufBytes(tinyLlama());
  const header = headerLength(tinyLlama());
  const random = seededRandom(20_261);
  const path = join(await temporaryFolder(), "fuzzed.gguf");
  let refused = 0;
  let slowestMs = 0;
  for (let round = 0; round < rounds; round++) {
    const bytes = Buffer.from(sound);
    const changes = 1 + Math.floor(random() * 4);
    for (let change = 0; change < changes; change++) bytes[Math.floor(random() * header)] = Math.floor(random() * 256);
    await writeFile(path, bytes);
    const startedAt = performance.now();
    const failure = await readFacts(path).then(
      () => null,
      (error: unknown) => error,
    );
    slowestMs = Math.max(slowestMs, performance.now() - startedAt);
    if (failure === null) continue;
    refused++;
    expect(failure, `round ${round}`).toBeInstanceOf(WorkbenchError);
    expect(failure, `round ${round}`).toHaveProperty("code", expect.stringMatching(/^model-/));
  }
  // Most changes are in the text of tokens or in scores, where any byte is valid.
  expect(refused).toBeGreaterThan(rounds / 10);
  expect(slowestMs).toBeLessThan(limitMs);
});

test("a header that claims gigabytes allocates no memory", async () => {
  const path = join(await temporaryFolder(), "bomb.gguf");
  const plan = tinyLlama();
  plan.keyCount = 9_999n;
  await writeFile(path, ggufBytes(plan));
  const before = process.memoryUsage().rss;
  for (let round = 0; round < 50; round++) await readFacts(path).catch(() => undefined);
  expect(process.memoryUsage().rss - before).toBeLessThan(200 * 1024 * 1024);
});
