import { writeFileSync } from "node:fs";
import { join } from "node:path";

/**
 * Switches off the estimate of the machine's speed in a home that has no settings yet: its minute on an idle machine
 * would slow down every test. A home that cannot be written to is left as it is.
 */
export function withoutEstimate(home: string): void {
  try {
    writeFileSync(join(home, "settings.json"), '{ "estimateSpeed": false }\n', { mode: 0o600, flag: "wx" });
  } catch {
    // It has settings, or is a home that the app must refuse.
  }
}
