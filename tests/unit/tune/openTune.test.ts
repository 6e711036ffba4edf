import { copyFile, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, onTestFinished, test } from "vitest";
import type { SettingsInUse, TuneState } from "../../../electron/contract/tune.ts";
import { openTexts } from "../../../electron/texts/texts.ts";
import { changesText } from "../../../electron/texts/tune/changesText.ts";
import { createChoicesStore } from "../../../electron/workbench/models/choicesStore.ts";
import { openTune } from "../../../electron/workbench/tune/openTune.ts";
import { temporaryFolder } from "../../support/temporaryFolder.ts";
import { nano } from "../renderer/fakeBridge.ts";
import { scriptedMachine } from "./tunedMachine.ts";

const start = { modelId: null, minutes: 10, allowLossy: false };
const faster = ({ threads, flashAttention }: SettingsInUse) => ({
  reading: 400,
  writing: (threads === 2 ? 25 : 15) * (flashAttention ? 1 : 1.3),
});

async function open(home?: string, speeds = faster) {
  const folder = home ?? (await temporaryFolder());
  const choices = createChoicesStore(folder);
  let hasEnded: () => void = () => undefined;
  const states: TuneState[] = [];
  const { handlers, close } = openTune({
    ...scriptedMachine({ speeds }).parts,
    home: folder,
    library: { chooseFile: () => Promise.resolve(nano) },
    choices,
    onEvent: (name, data) => {
      if (name !== "tune.changed") return;
      const state = data as TuneState;
      states.push(state);
      if (state.state === "ended") hasEnded();
    },
  });
  onTestFinished(() => close());
  const tune = {
    start: (input: typeof start) => handlers["tune.start"](input),
    state: () => handlers["tune.state"]({}) as TuneState,
    apply: async (runId: string) => handlers["tune.apply"]({ runId }),
    undo: async (modelId: null) => handlers["tune.undo"]({ modelId }),
    applied: async (modelId: null) => handlers["tune.applied"]({ modelId }),
  };
  /** Runs a tuning to its end. Resolves with its id. */
  const run = async (): Promise<string> => {
    const ended = new Promise<void>((resolve) => (hasEnded = resolve));
    await tune.start(start);
    await ended;
    const state = tune.state();
    return state.state === "ended" ? state.run.id : "";
  };
  return { tune, choices, home: folder, run, states };
}

test("nothing changes without a request; applying the proposal changes the model's choices in no other way", async () => {
  const { tune, choices, run, states } = await open();
  const mine = { ...(await choices.get(nano)), temperature: 0.3, threads: 4 };
  await choices.set(nano, mine);
  const id = await run();
  expect(states[0]?.state).toBe("queued");
  expect(await choices.get(nano)).toEqual(mine);
  expect(await tune.applied(null)).toBeNull();
  await tune.apply(id);
  expect(await choices.get(nano)).toEqual({ ...mine, threads: 2, flashAttention: false });
  expect((await tune.applied(null))?.previous).toEqual({ threads: 4, flashAttention: null });
});

test("undo restores exactly the previous choices, also after a restart", async () => {
  const { tune, choices, home, run } = await open();
  const mine = { ...(await choices.get(nano)), threads: 4 };
  await choices.set(nano, mine);
  const id = await run();
  await tune.apply(id);
  // A second click does not count as a second tuning.
  await tune.apply(id);
  const later = await open(home);
  expect(await later.tune.undo(null)).toEqual(mine);
  expect(await later.choices.get(nano)).toEqual(mine);
  expect(await later.tune.applied(null)).toBeNull();
  await expect(later.tune.undo(null)).rejects.toMatchObject({ code: "tune-nothing-to-undo" });
});

test("what the user changed by hand since then stays", async () => {
  const { tune, choices, run } = await open();
  await tune.apply(await run());
  await choices.set(nano, { ...(await choices.get(nano)), threads: 3, topK: 5 });
  expect((await tune.applied(null))?.changes.map(({ setting }) => setting)).toEqual(["flashAttention"]);
  expect(await tune.undo(null)).toMatchObject({ threads: 3, topK: 5, flashAttention: null });
});

test("without a proposal, or with another tuning's id, there is nothing to apply", async () => {
  const { tune, run } = await open(undefined, () => ({ reading: 100, writing: 25 }));
  await expect(tune.apply("x")).rejects.toMatchObject({ code: "tune-nothing-to-apply" });
  const id = await run();
  await expect(tune.apply(id)).rejects.toMatchObject({ code: "tune-nothing-to-apply" });
  const other = await open();
  await other.run();
  await expect(other.tune.apply(id)).rejects.toMatchObject({ code: "tune-nothing-to-apply" });
});

test("one at a time, here and on the same home folder; its end allows the next", async () => {
  const { tune, home, run } = await open();
  const running = run();
  await expect(tune.start(start)).rejects.toMatchObject({ code: "tune-running" });
  const other = await open(home);
  await expect(other.tune.start(start)).rejects.toMatchObject({ code: "benchmark-running" });
  await running;
  await other.run();
  expect(other.tune.state().state).toBe("ended");
});

test("a damaged record is set aside and undoes nothing", async () => {
  const { tune, home, run } = await open();
  const file = join(home, "tunings.json");
  await writeFile(file, "{");
  expect(await tune.applied(null)).toBeNull();
  await tune.apply(await run());
  expect(JSON.parse(await readFile(file, "utf8"))).toHaveProperty([nano.id]);
});

test("what an earlier version applied, with an English label, is shown in the chosen language and can be undone", async () => {
  const { tune, choices, home } = await open();
  // Written by that version for R1 Nano.
  const earlier = fileURLToPath(new URL("../../support/tune/earlierTunings.json", import.meta.url));
  await copyFile(earlier, join(home, "tunings.json"));
  await choices.set(nano, { ...(await choices.get(nano)), batchSize: 256 });
  const applied = await tune.applied(null);
  expect(applied?.changes).toEqual([{ setting: "batchSize", to: 256 }]);
  expect(changesText(openTexts("en"), applied?.changes ?? [])).toBe("batch size 256");
  expect(changesText(openTexts("fr"), applied?.changes ?? [])).toBe("taille de lot 256");
  expect(await tune.undo(null)).toMatchObject({ batchSize: null });
});
