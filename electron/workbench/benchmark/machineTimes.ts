import { readFileSync } from "node:fs";
import { cpus } from "node:os";

/** Processor time since the machine's start, of all cores together. */
export interface MachineTimes {
  busyMs: number;
  /** Time taken by the host of a virtual machine. Null if the system does not report it. */
  stolenMs: number | null;
}

/** The kernel counts in hundredths of a second for programs, whatever its own tick is (USER_HZ). */
const msPerTick = 10;

/**
 * Returns the processor times. On Linux reads /proc/stat synchronously, because the figures must belong to this moment;
 * elsewhere uses Node.
 */
export function machineTimes(): MachineTimes {
  if (process.platform === "linux") {
    try {
      return parseStat(readFileSync("/proc/stat", "utf8"));
    } catch {
      // Some sandboxes do not have it.
    }
  }
  const times = cpus().map((core) => core.times);
  const busyMs = times.reduce((sum, { user, nice, sys, irq }) => sum + user + nice + sys + irq, 0);
  return { busyMs, stolenMs: null };
}

/** Parses the first line: user nice system idle iowait irq softirq steal. Throws if it is not such a file. */
export function parseStat(text: string): MachineTimes {
  const found = /^cpu +([\d ]+)$/m.exec(text)?.[1];
  if (found === undefined) throw new Error("This is not /proc/stat.");
  const [user = 0, nice = 0, system = 0, , , irq = 0, softIrq = 0, stolen = 0] = found.split(" ").map(Number);
  return { busyMs: (user + nice + system + irq + softIrq) * msPerTick, stolenMs: stolen * msPerTick };
}
