import { execFileSync } from "node:child_process";
import { median } from "./median.mjs";

/** Returns the median tokens per second of llama-bench's tests, on the CPU. A test of 0 tokens is left out. */
export function llamaBench(program, { path, prompt, generate, repeats, threads }) {
  const args = ["-m", path, "-p", prompt, "-n", generate, "-r", repeats, "-t", threads, "-ngl", 0, "-o", "json"];
  const printed = execFileSync(program, args.map(String), { encoding: "utf8", stdio: "pipe" });
  return JSON.parse(printed).map(({ samples_ts: samples }) => median(samples));
}
