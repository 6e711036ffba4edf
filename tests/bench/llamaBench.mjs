import { execFileSync } from "node:child_process";
import { median } from "./median.mjs";

/** Returns the median tokens per second of llama-bench's tests, on the CPU. A test of 0 tokens is left out. */
export function llamaBench(program, { path, prompt, generate, depth = 0, repeats, threads }) {
  const tests = ["-p", prompt, "-n", generate, "-d", depth, "-r", repeats];
  const args = ["-m", path, ...tests, "-t", threads, "-ngl", 0, "-o", "json"];
  const printed = execFileSync(program, args.map(String), { encoding: "utf8", stdio: "pipe" });
  return JSON.parse(printed).map(({ samples_ts: samples }) => median(samples));
}
