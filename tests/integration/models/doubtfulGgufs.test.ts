import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { atMost } from "../../../electron/workbench/models/atMost.ts";
import { doubtfulGgufs } from "../../support/doubtfulGgufs.ts";
import { hostileGgufs } from "../../support/hostileGgufs.ts";
import { openTestWorkbench } from "../../support/openTestWorkbench.ts";
import { temporaryFolder } from "../../support/temporaryFolder.ts";

const verdictMs = 10_000;
/** Of the random changes that pass the check, so many are loaded; all the structured ones are. */
const randomLoads = 20;

test("every file of the corpus gets its verdict in time, and whatever passes leaves the app working", {
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
  const outcomes: Record<string, number> = {};
  for (const { id, name } of toLoad) {
    const loaded = await workbench.call("models.load", { modelId: id });
    if (loaded.state !== "failed") expect(loaded, name).toMatchObject({ state: "ready" });
    const outcome = loaded.state === "failed" ? loaded.problem.code : loaded.state;
    outcomes[outcome] = (outcomes[outcome] ?? 0) + 1;
    expect(outcome, name).toMatch(/^(ready|model-.*|engine-(down|hung|out-of-memory))$/);
    if (!outcome.startsWith("engine-")) continue;
    console.info(`ends the engine: ${name}`);
    const marked = (await workbench.call("models.list", {})).find((model) => model.id === id);
    expect(marked?.problems, name).toMatchObject([{ code: "model-crashed-engine" }]);
    expect(await workbench.call("models.load", { modelId: "r1-nano" }), name).toMatchObject({ state: "ready" });
  }
  console.info(
    `${files.length} files, ${passed.length} pass the check, slowest verdict ${Math.round(slowestMs)} ms; loads:`,
    outcomes,
  );
  expect(await workbench.call("models.load", { modelId: "r1-nano" })).toMatchObject({ state: "ready" });
});
