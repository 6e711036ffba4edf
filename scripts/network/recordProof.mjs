import { copyFile, mkdir, mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { SetupProblem } from "../setup/SetupProblem.mjs";
import { ownNetwork } from "./ownNetwork.mjs";
import { parseLines, runTour } from "./runTour.mjs";

/**
 * @typedef {{
 *   app: string, electron: string, sandbox: string[], standIn: import("./ownNetwork.mjs").StandIn, hubHost: string,
 *   isShort: boolean, plant: string | null, keep: string | null,
 * }} ProofOptions
 * `app`: the folder of the packaged app; `electron`: a binary of Electron, for pages without the app; `isShort`: without r1's longer measurements; `plant`: what is planted where the app should be quiet, so that the proof fails;
 * `keep`: the folder to which what was recorded is copied.
 */

const recordings = ["packets.pcap", "stand-in.log", "stages.jsonl"];

/**
 * Takes the packaged app through the tour of tests/e2e/network/proofTour.ts in a network of its own, and returns what was
 * recorded. Throws a SetupProblem if the system allows no such network, or if the tour did not finish.
 * @param {ProofOptions} options
 * @returns {Promise<import("./judgeProof.mjs").ProofRun>}
 */
export async function recordProof({ app, electron, sandbox, standIn, hubHost, isShort, plant, keep }) {
  const folder = await mkdtemp(join(tmpdir(), "r1-proof-"));
  const home = join(folder, "home");
  await mkdir(home);
  try {
    const network = await ownNetwork(folder, standIn);
    if ("refusal" in network) throw new SetupProblem(noNamespace(network.refusal));
    const run = await runTour(folder, network.prefix, "network/proof.config.ts", {
      R1_TEST_ELECTRON: join(app, "r1-workbench"),
      R1_TEST_ELECTRON_ARGS: JSON.stringify(sandbox),
      R1_PROOF_APP: app,
      R1_PROOF_ELECTRON: electron,
      R1_PROOF_STAND_IN: join(folder, "stand-in.log"),
      R1_PROOF_HOME: home,
      R1_PROOF_HUB: hubHost,
      R1_PROOF_SHORT: isShort ? "1" : "0",
      ...(plant === null ? {} : { R1_PROOF_PLANT: plant }),
    });
    const text = await readFile(join(home, "connections.jsonl"), "utf8").catch(() => "");
    if (keep !== null) await keepRecordings(folder, home, keep);
    return { ...run, record: parseLines(text) };
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 3 });
  }
}

/** @param {string} folder @param {string} home @param {string} keep */
async function keepRecordings(folder, home, keep) {
  await mkdir(keep, { recursive: true });
  for (const name of recordings) await copyFile(join(folder, name), join(keep, name));
  await copyFile(join(home, "connections.jsonl"), join(keep, "connections.jsonl")).catch(() => undefined);
}

/** @param {string} reason */
function noNamespace(reason) {
  return (
    `no-namespace: This system allows no network of its own here, so nothing can be proven (${reason}). ` +
    "Run the same command as root, or allow namespaces of ordinary users: on Ubuntu with " +
    "sudo sysctl kernel.apparmor_restrict_unprivileged_userns=0, in a container with --privileged."
  );
}
