import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { command } from "../setup/command.mjs";
import { root } from "../setup/paths.mjs";
import { say } from "../setup/say.mjs";
import { SetupProblem } from "../setup/SetupProblem.mjs";
import { ownNetwork } from "./ownNetwork.mjs";
import { packetContacts } from "./packetContacts.mjs";
import { runTour } from "./runTour.mjs";
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

/**
 * Takes the app through the tour of tests/e2e/network, with every process traced. Without a network namespace of its own
 * the machine's network is used, and what is sent is still recorded. Throws a SetupProblem if the tour did not finish.
 * @param {import("../setup/electronRuntime.mjs").ElectronRuntime} runtime
 * @param {string[]} sandbox
 * @returns {Promise<TourRecord>}
 */
export async function recordTour(runtime, sandbox) {
  const folder = await mkdtemp(join(tmpdir(), "r1-network-"));
  try {
    const network = await ownNetwork(folder);
    if ("refusal" in network) {
      const why = network.refusal;
      say(`A separate network namespace cannot be created here, so the machine's own network is used (${why}).`);
    }
    const prefix = "prefix" in network ? network.prefix : [];
    const { stages, reached, packets } = await runTour(folder, prefix, "network/tour.config.ts", {
      R1_TEST_ELECTRON: join(root, "scripts", "network", "traced.sh"),
      R1_TEST_ELECTRON_ARGS: JSON.stringify(sandbox),
      R1_TRACED: runtime.path,
      R1_TRACE_FOLDER: folder,
      R1_STRACE_OPTIONS: await namesProcesses(),
    });
    const contacts = [...(await traced(folder)), ...reached, ...packetContacts(packets)];
    return { stages, contacts: contacts.sort((a, b) => a.atMs - b.atMs), hasOwnNetwork: prefix.length > 0 };
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
