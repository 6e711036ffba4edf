import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { EngineState } from "../../../electron/contract/engine.ts";
import { atMost } from "../../../electron/workbench/atMost.ts";
import { doubtfulGgufs } from "../../support/doubtfulGgufs.ts";
import { hostileGgufs } from "../../support/hostileGgufs.ts";
import { openTestWorkbench } from "../../support/openTestWorkbench.ts";
import { temporaryFolder } from "../../support/temporaryFolder.ts";

const enginePid = (state: EngineState) => ("info" in state ? state.info.pid : null);
const verdictMs = 10_000;
/** How many of the random changes that pass the check are loaded; all of the structured ones are. */
const randomLoads = 20;

test("every file of the corpus gets its verdict in time, and none that passes crashes the engine", {
  timeout: 120_000,
}, async () => {
  const home = await temporaryFolder();
  const folder = join(home, "models");
  await mkdir(folder);
  const corpus = [...hostileGgufs, ...doubtfulGgufs.structured, ...doubtfulGgufs.random];
  const files = corpus.map(({ name, bytes }, index) => ({ name, bytes, id: `file-${index}` }));
  for (const { id, bytes } of files) await writeFile(join(folder, `${id}.gguf`), bytes());
  const { workbench } = await openTestWorkbench(home);

  const inTurn = atMost(4);
  let slowestMs = 0;
  const verdicts = files.map(({ id }) =>
    inTurn(async () => {
      const startedAt = performance.now();
      const refused: unknown = await workbench.inspect(join(folder, `${id}.gguf`)).then(
        () => null,
        (error: unknown) => error,
      );
      slowestMs = Math.max(slowestMs, performance.now() - startedAt);
      if (refused !== null) expect(refused).toHaveProperty("code", expect.stringMatching(/^model-/));
    }),
  );
  await Promise.all(verdicts);
  expect(slowestMs).toBeLessThan(verdictMs);

  const listed = await workbench.call("models.list", {});
  const passed = files.filter(({ id }) => listed.find((model) => model.id === id)?.problems.length === 0);
  const isRandom = ({ name }: { name: string }) => name.startsWith("random");
  const toLoad = [...passed.filter((file) => !isRandom(file)), ...passed.filter(isRandom).slice(0, randomLoads)];
  expect(toLoad.length).toBeGreaterThan(randomLoads);
  await workbench.call("engine.start", {});
  const before = enginePid(await workbench.call("engine.state", {}));
  for (const { id, name } of toLoad) {
    const loaded = await workbench.call("models.load", { modelId: id });
    const outcome = loaded.state === "failed" ? loaded.problem.code : loaded.state;
    expect(outcome, name).toMatch(/^(ready|model-.*)$/);
  }
  expect(await workbench.call("models.load", { modelId: "r1-nano" })).toMatchObject({ state: "ready" });
  expect(before).not.toBeNull();
  expect(enginePid(await workbench.call("engine.state", {}))).toBe(before);
});
