import { expect, test } from "vitest";
import { MachineJob } from "../../../electron/workbench/benchmark/MachineJob.ts";
import { listedModel } from "../../support/engine/listedModel.ts";
import { temporaryFolder } from "../../support/temporaryFolder.ts";

const model = listedModel("a");
const choose = () => Promise.resolve(model);

async function open(home?: string) {
  const folder = home ?? (await temporaryFolder());
  const told: string[] = [];
  const hear = { stopped: (): void => undefined };
  const job = new MachineJob<string>({
    home: folder,
    none: "none",
    refusal: "benchmark-running",
    onState(state) {
      told.push(state);
      if (state === "stopped") hear.stopped();
    },
  });
  /** Starts one that measures until it is stopped. */
  const begin = () =>
    job.start(choose, ({ id }) => ({
      queued: `queued ${id}`,
      measure: (signal, onState) =>
        new Promise((resolve) => {
          onState("measuring");
          signal.addEventListener("abort", () => resolve("stopped"));
        }),
    }));
  return { job, begin, told, hear, home: folder };
}

test("it starts at once, reports each state, and its stop resolves with the last", async () => {
  const { job, begin, told } = await open();
  expect(await job.stop()).toBe("none");
  expect(await begin()).toBe("measuring");
  expect(told).toEqual(["queued a", "measuring"]);
  expect(await job.stop()).toBe("stopped");
  expect(job.state).toBe("stopped");
  expect(told).toEqual(["queued a", "measuring", "stopped"]);
});

test("a listener that hears of the end can start the next one", async () => {
  const { job, begin, told, hear } = await open();
  await begin();
  const next = new Promise<string>((resolve) => {
    hear.stopped = () => {
      hear.stopped = () => undefined;
      resolve(begin());
    };
  });
  await job.stop();
  expect(await next).toBe("measuring");
  await job.stop();
  expect(told.filter((state) => state === "stopped")).toHaveLength(2);
});

test("a second one is refused: in this app by the running one, on the same home folder by the lock", async () => {
  const { job, begin, home } = await open();
  await begin();
  await expect(begin()).rejects.toMatchObject({ code: "benchmark-running" });
  const other = await open(home);
  await expect(other.begin()).rejects.toMatchObject({ code: "benchmark-running" });
  await job.stop();
  await other.begin();
  await other.job.stop();
});

test("a missing model, or one with a problem, is refused and blocks no other", async () => {
  const { job, begin, told } = await open();
  const never = () => {
    throw new Error("It was prepared.");
  };
  const broken = { ...model, problems: [{ code: "model-truncated" as const }] };
  await expect(job.start(() => Promise.resolve(broken), never)).rejects.toMatchObject({ code: "model-truncated" });
  await expect(job.start(() => Promise.reject(new Error("gone")), never)).rejects.toThrow("gone");
  expect(told).toEqual([]);
  await begin();
  await job.stop();
});
