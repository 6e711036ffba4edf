import { chmodSync, existsSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { afterEach, describe, expect, it, vi } from "vitest";
import { componentsFolder, folderName } from "../../../electron/workbench/components/componentFolder.ts";
import { serveComponent } from "../../support/components/servedComponent.ts";
import { followRun, openTestWorkbench } from "../../support/openTestWorkbench.ts";
import { processRuns } from "../../support/processRuns.ts";
import { temporaryFolder } from "../../support/temporaryFolder.ts";

afterEach(() => vi.unstubAllEnvs());

/** The backends are tried several times, each in a process of its own. */
vi.setConfig({ testTimeout: 600_000 });

/** R1 Nano writes several hundred tokens for it. */
const longQuestion = "Count to 99.";

/** A workbench on a machine with an NVIDIA card, as far as the driver's own tool says, and a server of CUDA's files. */
async function open() {
  const tools = await temporaryFolder();
  writeFileSync(join(tools, "nvidia-smi"), '#!/bin/sh\necho "Card, 12282, 11020, 570.86.16"\n');
  chmodSync(join(tools, "nvidia-smi"), 0o755);
  vi.stubEnv("PATH", `${tools}${delimiter}${process.env["PATH"]}`);
  const served = await serveComponent(await temporaryFolder(), 2_000_000);
  const waiting: (() => void)[] = [];
  const { componentsFile, release } = served;
  const { workbench, home, events } = await openTestWorkbench(
    undefined,
    () => {
      for (const look of waiting.splice(0)) look();
    },
    { componentsFile },
  );
  const place = join(componentsFolder(home), folderName(release));
  const engine = async (): Promise<number> => {
    const state = await workbench.call("engine.state", {});
    if (!("info" in state)) throw new Error("The engine is not running.");
    return state.info.pid;
  };
  /** Begins a reply. Resolves once it is being written, with what resolves with it at its end. */
  async function begin(text: string) {
    const { id } = await workbench.call("chats.create", { modelId: null });
    const { runId } = await workbench.call("chats.send", { chatId: id, text });
    let written: () => void = () => undefined;
    const isWritten = new Promise<void>((resolve) => (written = resolve));
    const ended = followRun(workbench, runId, ({ kind }) => (kind === "delta" || kind === "ended") && written());
    await isWritten;
    const reply = ended.then((frames) => {
      const ends = frames.flatMap((frame) => (frame.kind === "ended" ? [frame.message] : []));
      if (ends[0] === undefined || ends.length > 1) throw new Error("A run ends once.");
      return ends[0];
    });
    return { reply };
  }
  return {
    workbench,
    place,
    engine,
    begin,
    answer: async (text: string) => (await (await begin(text)).reply).text,
    install: async () => {
      const before = events.length;
      const isOver = (): boolean => events.slice(before).some(({ name }) => name === "components.changed");
      await workbench.call("components.install", { name: "cuda" });
      while (!isOver()) await new Promise<void>((resolve) => waiting.push(resolve));
    },
    remove: () => workbench.call("components.remove", { name: "cuda" }),
  };
}

describe.skipIf(process.platform !== "linux")("a component, while the engine is at work", () => {
  it("that arrives leaves the reply to the engine that began it, and the next one has another engine", async () => {
    const { place, engine, begin, answer, install } = await open();
    const { reply } = await begin(longQuestion);
    const before = await engine();
    await install();
    expect(existsSync(place)).toBe(true);
    expect(await reply).toMatchObject({ state: "done", problem: null });
    expect(processRuns(before)).toBe(false);
    expect(await answer("What is 17 + 25?")).toContain("42");
    expect(await engine()).not.toBe(before);
  });

  it("is removed once the reply has ended, with its model out of memory", async () => {
    const { workbench, place, engine, begin, answer, install, remove } = await open();
    await install();
    const { reply } = await begin(longQuestion);
    const before = await engine();
    process.kill(before, "SIGSTOP");
    const removed = remove().then(() => workbench.call("models.loaded", {}));
    // Whatever is asked for after it is answered after it has begun.
    await workbench.call("models.loaded", {});
    expect(existsSync(place)).toBe(true);
    process.kill(before, "SIGCONT");
    expect(await reply).toMatchObject({ state: "done", problem: null });
    expect(await removed).toEqual({ state: "none" });
    expect(existsSync(place)).toBe(false);
    expect(processRuns(before)).toBe(false);
    expect(await answer("What is 17 + 25?")).toContain("42");
  });

  it("is removed also if the engine crashes meanwhile; the reply fails once, and the next one works", async () => {
    const { place, engine, begin, answer, install, remove } = await open();
    await install();
    const { reply } = await begin(longQuestion);
    const before = await engine();
    process.kill(before, "SIGSTOP");
    const removed = remove();
    process.kill(before, "SIGKILL");
    expect(await reply).toMatchObject({ state: "failed", problem: { code: "engine-down" } });
    await removed;
    expect(existsSync(place)).toBe(false);
    expect(await answer("What is 17 + 25?")).toContain("42");
  });
});
