import { expect, test } from "vitest";
import { WorkbenchError } from "../../../electron/contract/errors.ts";
import type { SpeedTrials } from "../../../electron/contract/fit.ts";
import { createIdleEstimate, type EstimateOptions } from "../../../electron/workbench/fit/createIdleEstimate.ts";
import type { KnownTrials } from "../../../electron/workbench/fit/speedTrials.ts";

const ready: SpeedTrials = { state: "ready", measuredAt: 1, noisy: false, estimated: false, stale: false };

const kept = (failedHoursAgo: number | null): Pick<KnownTrials["kept"], "cards" | "measuredAt"> => ({
  measuredAt: Date.now() - (failedHoursAgo ?? 10_000) * 3_600_000,
  cards: failedHoursAgo === null ? [] : [{ backend: "vulkan", costs: null, failure: { code: "stopped" } }],
});

/** Opens an estimate on a machine that the test controls, with a clock that moves only when the test says so. */
function open(changed: Partial<EstimateOptions> = {}) {
  const machine = {
    busy: false,
    otherCores: 0,
    charge: 80 as number | null,
    plugged: false,
    allowed: true,
    known: false,
    /** How many hours ago a card failed. Null: none did. */
    failedHoursAgo: null as number | null,
  };
  const waiting: (() => void)[] = [];
  let measured = 0;
  let changes = 0;
  const estimate = createIdleEstimate({
    trials: {
      known: () => Promise.resolve(machine.known ? ({ kept: kept(machine.failedHoursAgo) } as KnownTrials) : null),
      measure: () => {
        measured++;
        return Promise.resolve(ready);
      },
    },
    engines: {
      get isBusy() {
        return machine.busy;
      },
    },
    isAllowed: () => machine.allowed,
    otherCores: () => Promise.resolve(machine.otherCores),
    logicalCores: 4,
    power: () =>
      Promise.resolve({ source: machine.plugged ? "mains" : "battery", batteryPercent: machine.charge, mode: null }),
    onChange: () => changes++,
    clock: {
      now: () => 0,
      after: (_, callback) => {
        waiting.push(callback);
        return () => waiting.splice(waiting.indexOf(callback), 1);
      },
    },
    ...changed,
  });
  /** Lets the next look happen, to its end. */
  const look = async (): Promise<void> => {
    waiting.shift()?.();
    await new Promise((resolve) => setImmediate(resolve));
  };
  return {
    estimate,
    machine,
    look,
    isWaiting: () => waiting.length > 0,
    measured: () => measured,
    changes: () => changes,
    waits: () => {
      const state = estimate.describe({ state: "none" });
      return state.state === "none" ? state.waits : undefined;
    },
  };
}

test("a machine that was never measured is measured once, when predictions are first shown", async () => {
  const { estimate, look, measured, isWaiting } = open();
  expect(isWaiting()).toBe(false);
  estimate.want();
  estimate.want();
  await look();
  expect(measured()).toBe(1);
  estimate.want();
  await look();
  expect(measured()).toBe(1);
  expect(isWaiting()).toBe(false);
});

test("a machine that was measured before is not measured again by itself", async () => {
  const { estimate, machine, look, measured, isWaiting } = open();
  machine.known = true;
  estimate.want();
  await look();
  expect([measured(), isWaiting()]).toEqual([0, false]);
});

test("a machine with a card that failed is measured again by itself a day later", async () => {
  const { estimate, machine, look, measured } = open();
  Object.assign(machine, { known: true, failedHoursAgo: 25 });
  estimate.want();
  await look();
  expect(measured()).toBe(1);
  const sooner = open();
  Object.assign(sooner.machine, { known: true, failedHoursAgo: 23 });
  sooner.estimate.want();
  await sooner.look();
  expect(sooner.measured()).toBe(0);
});

test("it waits, with the reason, while the engine or another program is at work", async () => {
  const { estimate, machine, look, measured, waits } = open();
  machine.busy = true;
  estimate.want();
  await look();
  expect(waits()).toEqual({ code: "busy" });
  machine.busy = false;
  machine.otherCores = 0.6;
  await look();
  expect(waits()).toEqual({ code: "otherPrograms" });
  machine.otherCores = 0.4;
  await look();
  expect([measured(), waits()]).toEqual([1, undefined]);
});

test("on battery it is measured from 30 % on; a nearly empty one must be charging", async () => {
  const { estimate, machine, look, measured, waits } = open();
  machine.charge = 29;
  estimate.want();
  await look();
  expect(waits()).toEqual({ code: "battery", facts: { charge: 29, least: 30 } });
  expect(measured()).toBe(0);
  machine.charge = 30;
  await look();
  expect(measured()).toBe(1);
  const plugged = open();
  Object.assign(plugged.machine, { charge: 3, plugged: true });
  plugged.estimate.want();
  await plugged.look();
  expect(plugged.measured()).toBe(1);
});

test("a reply that interrupts it is waited for, and then it begins again", async () => {
  let answers = 0;
  const { estimate, look, waits, isWaiting } = open({
    trials: {
      known: () => Promise.resolve(null),
      measure: () =>
        answers++ === 0
          ? Promise.reject(new WorkbenchError("engine-busy", { case: "replyBegan" }))
          : Promise.resolve(ready),
    },
  });
  estimate.want();
  await look();
  expect(waits()).toEqual({ code: "busy" });
  await look();
  expect([answers, isWaiting()]).toEqual([2, false]);
});

test.each([
  ["stopped", () => Promise.resolve<SpeedTrials>({ state: "none" })],
  ["failed", () => Promise.reject(new WorkbenchError("engine-down"))],
] as const)("after it %s, it does not begin again", async (code, measure) => {
  const { estimate, look, waits, isWaiting } = open({ trials: { known: () => Promise.resolve(null), measure } });
  estimate.want();
  await look();
  expect(waits()).toEqual({ code });
  estimate.want();
  expect(isWaiting()).toBe(false);
});

test("the user can stop it while it waits, or switch it off, and on again", async () => {
  const stopped = open();
  stopped.machine.busy = true;
  stopped.estimate.want();
  await stopped.look();
  stopped.estimate.stopped();
  expect([stopped.isWaiting(), stopped.waits()]).toEqual([false, { code: "stopped" }]);
  const { estimate, machine, look, measured, waits } = open();
  machine.allowed = false;
  estimate.want();
  await look();
  expect([measured(), waits()]).toEqual([0, { code: "off" }]);
  machine.allowed = true;
  estimate.want();
  await look();
  expect(measured()).toBe(1);
});

test("a change of the reason is told once, and a measured machine has none", async () => {
  const { estimate, machine, look, changes } = open();
  machine.busy = true;
  estimate.want();
  await look();
  await look();
  expect(changes()).toBe(1);
  expect(estimate.describe(ready)).toEqual(ready);
  estimate.close();
  await look();
  expect(changes()).toBe(1);
});
