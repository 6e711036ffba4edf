import { toProblem } from "../../contract/errors.ts";
import type { EstimateWait, SpeedTrials } from "../../contract/fit.ts";
import type { MachineProfile } from "../../contract/hardware.ts";
import type { Clock } from "../idleTimer.ts";
import { isRetryDue } from "./isRetryDue.ts";
import type { SpeedTrialsOwner } from "./speedTrials.ts";

export interface EstimateOptions {
  trials: Pick<SpeedTrialsOwner, "known" | "measure">;
  engines: { readonly isBusy: boolean };
  /** Whether the user leaves it to the app to estimate speeds. */
  isAllowed: () => boolean;
  /** Resolves with how many cores other programs keep busy. */
  otherCores: () => Promise<number>;
  logicalCores: number;
  power: () => Promise<MachineProfile["power"]>;
  /** Called when the reason for waiting has changed. */
  onChange: () => void;
  clock: Clock;
}

export interface IdleEstimate {
  /**
   * Call when predictions are shown. If this machine has never been measured, or a card failed a day ago or more, it is
   * measured once nothing else runs, and not on a battery that is nearly empty.
   */
  want(): void;
  /** Call when the user stopped a measurement: none begins by itself after that. */
  stopped(): void;
  /** Returns the state with the reason why the measurement has not begun. */
  describe(state: SpeedTrials): SpeedTrials;
  close(): void;
}

/** On battery below this charge, in percent, nothing is measured that the user did not ask for. */
export const leastCharge = 30;
/** Two looks at the machine are this far apart, so that it has been idle for a while after a reply. */
const lookAgainMs = 10_000;
/** The first look comes a little after the screen, which is still reading what it shows. */
const firstLookMs = 1500;
/** Other programs may keep this share of the processor busy, and always this many cores. */
const idleShare = 0.1;
const idleCores = 0.5;

/** Measures this machine's speed without being asked, once, when it has nothing else to do. */
export function createIdleEstimate(options: EstimateOptions): IdleEstimate {
  const { trials, engines, isAllowed, otherCores, logicalCores, power, onChange, clock } = options;
  let wait: EstimateWait | null = null;
  let state: "unwanted" | "waiting" | "looking" | "over" = "unwanted";
  let stop = (): void => undefined;

  function emit(next: EstimateWait | null): void {
    const isSame = JSON.stringify(next) === JSON.stringify(wait);
    wait = next;
    if (!isSame) onChange();
  }

  function lookIn(ms: number): void {
    if (state === "over") return;
    state = "waiting";
    stop = clock.after(ms, () => void look());
  }

  function end(why: EstimateWait | null): void {
    state = "over";
    emit(why);
  }

  async function whyNot(): Promise<EstimateWait | null> {
    if (engines.isBusy) return { code: "busy" };
    if ((await otherCores()) > Math.max(idleCores, logicalCores * idleShare)) return { code: "otherPrograms" };
    const { source, batteryPercent } = await power();
    const isLow = source === "battery" && batteryPercent !== null && batteryPercent < leastCharge;
    return isLow ? { code: "battery", facts: { charge: batteryPercent, least: leastCharge } } : null;
  }

  async function look(): Promise<void> {
    state = "looking";
    try {
      if (!isAllowed()) return end({ code: "off" });
      const known = engines.isBusy ? null : await trials.known("engine-ready");
      if (known !== null && !isRetryDue(known.kept)) return end(null);
      const why = await whyNot();
      emit(why);
      if (why !== null) return lookIn(lookAgainMs);
      const { state: found } = await trials.measure(false);
      end(found === "none" ? { code: "stopped" } : null);
    } catch (error) {
      if (toProblem(error).code !== "engine-busy") return end({ code: "failed" });
      emit({ code: "busy" });
      lookIn(lookAgainMs);
    }
  }

  return {
    want() {
      // What the user switched off may have been switched on since.
      if (state === "unwanted" || (state === "over" && wait?.code === "off" && isAllowed())) {
        state = "unwanted";
        lookIn(firstLookMs);
      }
    },
    stopped() {
      stop();
      end({ code: "stopped" });
    },
    describe: (trialsState) =>
      trialsState.state === "none" && wait !== null ? { state: "none", waits: wait } : trialsState,
    close() {
      state = "over";
      stop();
    },
  };
}
