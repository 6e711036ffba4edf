import type { DoctorCheck } from "../../contract/doctor.ts";
import { readFaultLog, recentFaults } from "../faults/recentFaults.ts";
import { finding } from "./DoctorOptions.ts";

const recentMs = 7 * 24 * 3_600_000;

/** Examines whether the log can be read, and what was logged in the last week. */
export async function checkLog(home: string, now = Date.now()): Promise<DoctorCheck> {
  const log = await readFaultLog(home);
  if (log.state === "absent") return finding("log", true, { code: "logNone" });
  if (log.state === "unusable") return finding("log", false, { code: "logUnusable", facts: { reason: log.reason } });
  const times = recentFaults(log.text, Number.POSITIVE_INFINITY).map(({ at }) => Date.parse(at));
  const recent = times.filter((at) => now - at < recentMs);
  if (recent.length === 0) return finding("log", true, { code: "logQuiet" });
  return finding("log", true, { code: "logFaults", facts: { count: recent.length, when: Math.max(...recent) } });
}
