import { rmSync } from "node:fs";
import { uptime } from "node:os";
import { join } from "node:path";
import { z } from "zod";
import { readJsonFileSync } from "../workbench/home/readJsonFile.ts";
import { writeOwnFileSync } from "../workbench/home/writeOwnFileSync.ts";

const markSchema = z.object({ bootedAt: z.number(), version: z.string().max(100), startedAt: z.string().max(40) });
type Mark = z.output<typeof markSchema>;
const maxFileBytes = 10_000;
/** Less than a machine takes to be used, restarted and used again. */
const toleranceSeconds = 60;

/** How the last session ended, and a way to record that this one ended as it should. */
export interface SessionMark {
  /** The last session, if the app ended without being closed while the machine ran on. */
  crashed: Mark | null;
  end: () => void;
}

/**
 * Marks in `session.json` that the app runs. A mark that is found is one of a session that was not closed. If the machine
 * was restarted since, as after a power failure, the app is not to blame and nothing is reported.
 */
export function beginSession(home: string, version: string, bootedAt = machineStart()): SessionMark {
  const path = join(home, "session.json");
  const last = readJsonFileSync(path, markSchema, maxFileBytes);
  const mark: Mark = { bootedAt, version, startedAt: new Date().toISOString() };
  try {
    writeOwnFileSync(path, JSON.stringify(mark));
  } catch {
    // On a full disk, the end of this session is not reported.
  }
  return {
    crashed: last.state === "read" && Math.abs(last.value.bootedAt - bootedAt) < toleranceSeconds ? last.value : null,
    end: () => rmSync(path, { force: true }),
  };
}

/** When the machine was started, in seconds since 1970; not exact, because clocks are set meanwhile. */
const machineStart = (): number => Math.round(Date.now() / 1000 - uptime());
