import { spawn } from "node:child_process";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { root } from "../setup/paths.mjs";
import { SetupProblem } from "../setup/SetupProblem.mjs";
import { virtualDisplay } from "../setup/virtualDisplay.mjs";
import { capturedPackets } from "./capturedPackets.mjs";

/**
 * The stages of a tour with their start times (ms since 1970), what it noted, what reached the stand-in for the internet,
 * and every packet. Both of the latter are empty on the machine's own network.
 * @typedef {{
 *   stages: { stage: string, atMs: number }[],
 *   notes: Record<string, unknown>[],
 *   reached: import("./traceContacts.mjs").Contact[],
 *   packets: import("./capturedPackets.mjs").Packet[],
 * }} TourRun
 */

const shownLines = 40;

/**
 * Takes the app through a tour on a virtual display. Throws a SetupProblem if it did not finish, or if packets were lost.
 * @param {string} folder for what is recorded
 * @param {string[]} prefix of `ownNetwork`; empty for the machine's own network
 * @param {string} config the tour's configuration for Playwright, below tests/e2e
 * @param {NodeJS.ProcessEnv} env
 * @returns {Promise<TourRun>}
 */
export async function runTour(folder, prefix, config, env) {
  const stagesFile = join(folder, "stages.jsonl");
  const playwright = join(root, "node_modules", "@playwright", "test", "cli.js");
  const tour = [process.execPath, playwright, "test", "-c", join(root, "tests", "e2e", config)];
  const line = [...virtualDisplay, ...prefix, ...tour];
  const { code, said } = await run(line, { ...process.env, ...env, R1_TOUR_STAGES: stagesFile });
  if (code !== 0) throw new SetupProblem(`The tour was not finished:\n${said}`);
  const lines = parseLines(await readFile(stagesFile, "utf8"));
  const isOwn = prefix.length > 0;
  return {
    stages: lines.filter(({ stage }) => stage !== undefined),
    notes: lines.filter(({ stage }) => stage === undefined),
    reached: isOwn ? reachedStandIn(await readFile(join(folder, "stand-in.log"), "utf8")) : [],
    packets: isOwn ? await packetsIn(folder) : [],
  };
}

/**
 * Returns what reached the stand-in. It also covers ways out that no trace shows, such as io_uring.
 * @param {string} log
 * @returns {import("./traceContacts.mjs").Contact[]}
 */
function reachedStandIn(log) {
  return parseLines(log).flatMap(({ atMs, where, name }) =>
    atMs === undefined ? [] : [{ atMs, process: "any", where, name, sent: true }],
  );
}

/** @param {string} folder */
async function packetsIn(folder) {
  const file = await readFile(join(folder, "packets.pcap")).catch(() => null);
  if (file === null) return [];
  const said = await readFile(join(folder, "tcpdump.log"), "utf8");
  const dropped = /(\d+) packets? dropped by kernel/.exec(said)?.[1];
  if (dropped !== "0") throw new SetupProblem(`Not every packet was recorded, so nothing is proven:\n${said}`);
  return capturedPackets(file);
}

/**
 * @param {string} text one JSON object per line
 * @returns {any[]}
 */
export function parseLines(text) {
  return text
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line));
}

/**
 * Runs a command and keeps the last lines of its output, which are shown only if it fails.
 * @param {string[]} line
 * @param {NodeJS.ProcessEnv} env
 * @returns {Promise<{ code: number, said: string }>}
 */
function run([file = "", ...args], env) {
  const child = spawn(file, args, { cwd: root, env, stdio: ["ignore", "pipe", "pipe"] });
  let said = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (text) => (said = (said + text).slice(-20_000)));
  }
  return new Promise((resolve) => {
    child.once("error", (error) => resolve({ code: 1, said: error.message }));
    child.once("close", (code) => resolve({ code: code ?? 1, said: said.split("\n").slice(-shownLines).join("\n") }));
  });
}
