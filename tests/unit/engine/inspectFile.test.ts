import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { GgufFacts } from "../../../electron/contract/models.ts";
import { inspectFile } from "../../../electron/engine/inspectFile.ts";

beforeEach(() => void vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "setInterval", "clearInterval"] }));
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

const facts = { name: "read" } as GgufFacts;
const readWithin = (ms: number) => () => new Promise<GgufFacts>((resolve) => setTimeout(() => resolve(facts), ms));

test("on a machine that is busy with other programs, a sound file may take long", async () => {
  vi.spyOn(process, "cpuUsage").mockReturnValue({ user: 900_000, system: 100_000 });
  const read = inspectFile("a.gguf", readWithin(25_000));
  await vi.advanceTimersByTimeAsync(25_000);
  await expect(read).resolves.toBe(facts);
  expect(vi.getTimerCount()).toBe(0);
});

test("a file that keeps the processor busy is refused as damaged", async () => {
  vi.spyOn(process, "cpuUsage").mockReturnValue({ user: 4_900_000, system: 100_000 });
  const read = inspectFile("a.gguf", readWithin(25_000));
  const refused = expect(read).rejects.toMatchObject({
    code: "model-header-invalid",
    facts: { case: "slow", seconds: 5 },
  });
  await vi.advanceTimersByTimeAsync(1000);
  await refused;
});
