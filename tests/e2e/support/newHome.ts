import { chmodSync, copyFileSync, existsSync, mkdirSync, renameSync } from "node:fs";
import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "@playwright/test";

const fileName = "engine-probes.json";

/** Probing the backends takes seconds, so its result is shared by all starts of a test run. */
const keptFile = (): string => join(test.info().project.outputDir, fileName);

/** Creates a home folder with an earlier start's probe of the backends. */
export async function newHome(): Promise<string> {
  const home = await mkdtemp(join(tmpdir(), "r1-workbench-e2e-"));
  if (existsSync(keptFile())) copy(keptFile(), join(home, fileName));
  return home;
}

/** Saves this start's probe for later ones. */
export function keepBackends(home: string): void {
  if (existsSync(join(home, fileName)) && !existsSync(keptFile())) copy(join(home, fileName), keptFile());
}

/** Atomic for other workers, and as private as the app writes it. */
function copy(from: string, to: string): void {
  mkdirSync(join(to, ".."), { recursive: true });
  const half = `${to}.${process.pid}`;
  copyFileSync(from, half);
  chmodSync(half, 0o600);
  renameSync(half, to);
}
