import { chmodSync, copyFileSync, existsSync, mkdirSync, renameSync } from "node:fs";
import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "@playwright/test";

const fileName = "engine-probes.json";

/** Which backends work here takes seconds to find out: once for all starts of a run of the tests. */
const keptFile = (): string => join(test.info().project.outputDir, fileName);

/** A home folder of this start's own, with what an earlier start found out about the backends. */
export async function newHome(): Promise<string> {
  const home = await mkdtemp(join(tmpdir(), "r1-workbench-e2e-"));
  if (existsSync(keptFile())) copy(keptFile(), join(home, fileName));
  return home;
}

/** Keeps for later starts what this one found out. */
export function keepBackends(home: string): void {
  if (existsSync(join(home, fileName)) && !existsSync(keptFile())) copy(join(home, fileName), keptFile());
}

/** Other workers see it whole or not at all; it is as private as the app writes it. */
function copy(from: string, to: string): void {
  mkdirSync(join(to, ".."), { recursive: true });
  const half = `${to}.${process.pid}`;
  copyFileSync(from, half);
  chmodSync(half, 0o600);
  renameSync(half, to);
}
