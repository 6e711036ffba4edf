import { spawn } from "node:child_process";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { command } from "../setup/command.mjs";
import { root } from "../setup/paths.mjs";
import { SetupProblem } from "../setup/SetupProblem.mjs";
import { virtualDisplay } from "../setup/virtualDisplay.mjs";
import { ownNetwork } from "./ownNetwork.mjs";
import { traceContacts } from "./traceContacts.mjs";

/**
 * The stages of a tour with their start times (ms since 1970), what was contacted, and whether a stand-in server was
 * used.
 * @typedef {{
 *   stages: { stage: string, atMs: number }[],
 *   contacts: import("./traceContacts.mjs").Contact[],
 *   hasOwnNetwork: boolean,
 * }} TourRecord
 */

const here = join(root, "scripts", "network");
const stagesLimit = 40;

/**
 * Takes the app through the tour of tests/e2e/network, with every process traced, on a virtual display. Throws a
 * SetupProblem if the tour did not finish.
 * @param {import("../setup/electronRuntime.mjs").ElectronRuntime} runtime
 * @param {string[]} sandbox
 * @returns {Promise<TourRecord>}
 */
export async function recordTour(runtime, sandbox) {
  const folder = await mkdtemp(join(tmpdir(), "r1-network-"));
  const standIn = join(folder, "stand-in.log");
  try {
    const network = await ownNetwork(standIn);
    const stagesFile = join(folder, "stages.jsonl");
    const env = {
      ...process.env,
      R1_TEST_ELECTRON: join(here, "traced.sh"),
      R1_TEST_ELECTRON_ARGS: JSON.stringify(sandbox),
      R1_TRACED: runtime.path,
      R1_TRACE_FOLDER: folder,
      R1_STRACE_OPTIONS: await namesProcesses(),
      R1_TOUR_STAGES: stagesFile,
    };
    const playwright = join(root, "node_modules", "@playwright", "test", "cli.js");
    const tour = [process.execPath, playwright, "test", "-c", join(root, "tests", "e2e", "network", "tour.config.ts")];
    const { code, said } = await run([...virtualDisplay, ...(network ?? []), ...tour], env);
    const stages = parseLines(await readFile(stagesFile, "utf8").catch(() => ""));
    if (code !== 0) throw new SetupProblem(`The tour was not finished:\n${said}`);
    const contacts = [...(await traced(folder)), ...(network === null ? [] : await reached(standIn))];
    return { stages, contacts: contacts.sort((a, b) => a.atMs - b.atMs), hasOwnNetwork: network !== null };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Older releases of strace cannot report a process's name. */
async function namesProcesses() {
  return (await command("strace", ["--help"])).stdout.includes("--decode-pids=comm") ? "--decode-pids=comm" : "";
}

/** @param {string} folder */
async function traced(folder) {
  const files = (await readdir(folder)).filter((name) => name.endsWith(".trace"));
  if (files.length === 0) throw new SetupProblem("strace recorded nothing.");
  const traces = await Promise.all(files.map((name) => readFile(join(folder, name), "utf8")));
  return traces.flatMap(traceContacts);
}

/**
 * Returns what reached the stand-in server. It also covers ways out that no trace shows, such as io_uring.
 * @param {string} log
 * @returns {Promise<import("./traceContacts.mjs").Contact[]>}
 */
async function reached(log) {
  /** @type {{ atMs?: number, where: string, name: string | null }[]} */
  const facts = parseLines(await readFile(log, "utf8"));
  return facts.flatMap(({ atMs, where, name }) =>
    atMs === undefined ? [] : [{ atMs, process: "any", where, name, sent: true }],
  );
}

/** @param {string} text one JSON value per line */
function parseLines(text) {
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
    child.once("close", (code) => resolve({ code: code ?? 1, said: said.split("\n").slice(-stagesLimit).join("\n") }));
  });
}
