import { WorkbenchError } from "../../contract/errors.ts";
import type { ServerDevice, ServerProgram } from "../../contract/llamaServer.ts";
import { runChild, type ChildOutcome } from "../children/runChild.ts";
import { workerArguments } from "./serverArguments.ts";
import { serverEnvironment } from "./ServerProcess.ts";

/** Loading the drivers of graphics cards takes seconds. */
const limitMs = 60_000;
const maxBytes = 1_000_000;
const mebibyte = 1024 ** 2;

/**
 * Runs a program that the user chose, to find out whether it is a llama-server that this app can run. Rejects with
 * `llama-server-failed`.
 */
export async function examineProgram(path: string): Promise<ServerProgram> {
  const help = await run(path, ["--help"]);
  const text = help.stdout + help.lastWords;
  if (help.code !== 0 || !text.includes("--ctx-size") || !text.includes("--api-key")) {
    throw new WorkbenchError("llama-server-failed", { case: "notOne" }, said(help));
  }
  if (!text.includes("--n-cpu-moe")) throw new WorkbenchError("llama-server-failed", { case: "tooOld" });
  const described = await run(path, ["--version"]);
  const version = /^version: (.{1,100})$/m.exec(described.stdout + described.lastWords)?.[1]?.trim() ?? "";
  return { path, version };
}

/**
 * Resolves with the devices that it sees, those of the workers included. Rejects with `llama-server-failed`: with the
 * workers, if it cannot use any, or one of them does not answer.
 */
export async function listDevices(path: string, workers: readonly string[]): Promise<ServerDevice[]> {
  const listed = await run(path, [...workerArguments(workers), "--list-devices"]);
  if (listed.code === 0) return devicesIn(listed.stdout);
  if (workers.length === 0) throw new WorkbenchError("llama-server-failed", { case: "notOne" }, said(listed));
  const knowsWorkers = !/invalid argument: --rpc/.test(listed.lastWords + listed.stdout);
  throw new WorkbenchError("llama-server-failed", { case: knowsWorkers ? "workers" : "noWorkers" }, said(listed));
}

/** Returns the devices in the output of `--list-devices`, such as "  CUDA0: NVIDIA L4 (22563 MiB, 22000 MiB free)". */
export function devicesIn(output: string): ServerDevice[] {
  const lines = output.matchAll(/^ {2}(\S{1,200}): (.{0,200}) \((\d{1,9}) MiB, (\d{1,9}) MiB free\)\r?$/gm);
  return [...lines].map(([, name = "", description = "", total, free]) => ({
    name,
    description,
    totalBytes: Number(total) * mebibyte,
    freeBytes: Number(free) * mebibyte,
  }));
}

async function run(path: string, args: string[]): Promise<ChildOutcome> {
  const outcome = await runChild(path, args, { env: serverEnvironment(), limitMs, maxBytes });
  const { startError, timedOut } = outcome;
  if (startError !== null) {
    throw new WorkbenchError("llama-server-failed", { case: "notRunnable" }, startError.message);
  }
  if (timedOut) throw new WorkbenchError("llama-server-failed", { case: "slow", seconds: limitMs / 1000 });
  return outcome;
}

const said = ({ code, signal, lastWords }: ChildOutcome): string =>
  `${signal ?? `exit code ${code}`}\n${lastWords}`.trim();
