import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { onTestFinished } from "vitest";
import { r1Entry } from "./runR1.ts";

export interface ServedR1 {
  url: string;
  key: string;
  child: ChildProcess;
}

/** Runs `r1 serve` on a free port until the test ends. Resolves once it listens. */
export async function serveR1(
  home: string,
  { args = [], env = {} }: { args?: string[]; env?: object } = {},
): Promise<ServedR1> {
  const child = spawn(process.execPath, [r1Entry, "serve", "--port", "0", ...args], {
    env: { ...process.env, R1_WORKBENCH_HOME: home, ...env },
    stdio: ["ignore", "pipe", "inherit"],
  });
  onTestFinished(async () => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    child.kill("SIGINT");
    await once(child, "exit");
  });
  const [line] = (await once(createInterface(child.stdout), "line")) as [string];
  return { ...(JSON.parse(line) as { url: string; key: string }), child };
}
