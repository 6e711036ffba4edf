// `npm run prove-privacy`: takes the packaged app through its life in a network of its own, in which every packet is
// recorded and a stand-in answers for the internet, and prints what left this machine: nothing but the downloads, each of
// which is in the app's record. Then the app in this clone is taken through a tour with every process traced.
// Exit code 0: proven; 1: not.
//
//   --short            only the packaged app, without r1's longer measurements
//   --traced           only the traced tour, also on systems without network namespaces
//   --json             one JSON document on stdout instead of the tables
//   --app FOLDER       a packaged app (default: release/linux-unpacked, built if missing)
//   --sink ADDRESS     the address that every name gets
//   --resolver ADDRESS the address of the name server
//   --hub HOST         the name of the hub that is downloaded from
//   --keep FOLDER      copies packets.pcap, the stand-in's log, the stages and connections.jsonl there
//   --plant KIND       plants a question, a packet, a connection, a page that is let out, an unrecorded connection, or a
//                      packet during a download: the proof must then fail
import { existsSync } from "node:fs";
import { stat } from "node:fs/promises";
import { isIP } from "node:net";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { judgeProof } from "./network/judgeProof.mjs";
import { judgeTour } from "./network/judgeTour.mjs";
import { usualStandIn } from "./network/ownNetwork.mjs";
import { proofTable } from "./network/proofTable.mjs";
import { recordProof } from "./network/recordProof.mjs";
import { recordTour } from "./network/recordTour.mjs";
import { tourTable } from "./network/tourTable.mjs";
import { ensureBuilt } from "./setup/built.mjs";
import { command, tail } from "./setup/command.mjs";
import { ensureDependencies } from "./setup/dependencies.mjs";
import { ensureElectronRuntime } from "./setup/electronRuntime.mjs";
import { manifestIn } from "./setup/manifestIn.mjs";
import { requireNodeVersion } from "./setup/nodeVersion.mjs";
import { root } from "./setup/paths.mjs";
import { runScript } from "./setup/runScript.mjs";
import { sandboxArguments } from "./setup/sandbox.mjs";
import { SetupProblem } from "./setup/SetupProblem.mjs";
import { ensureSystemPackages } from "./setup/systemPackages.mjs";
import { displayPrograms } from "./setup/virtualDisplay.mjs";

const plants = ["question", "packet", "connection", "page", "unrecorded", "download"];
const purpose = "record what the app contacts";

await runScript(async () => {
  const options = parseOptions(process.argv.slice(2));
  requireNodeVersion();
  if (process.platform !== "linux") {
    throw new SetupProblem("linux-only: The proof works on Linux only. docs/prove-it.md has ways to check elsewhere.");
  }
  await ensureDependencies();
  const proof = options.traced ? null : await provePackaged(options);
  const tour = options.short ? null : await traceTour();
  if (options.json) console.log(JSON.stringify({ proof, tour }, null, 2));
  else {
    const of =
      proof && `R1 Workbench ${proof.app.version}, packaged at ${proof.app.packagedAt}, in ${proof.app.folder}`;
    const tables = [of, proof && proofTable(proof), tour && tourTable(tour)];
    console.log(tables.filter((table) => table !== null).join("\n\n"));
  }
  const isTourRight = tour === null || (tour.isQuiet && tour.seesAll);
  return (proof === null || proof.isRight) && isTourRight ? 0 : 1;
});

/** @param {ReturnType<typeof parseOptions>} options */
async function provePackaged({ short, app, sink, resolver, hub, keep, plant }) {
  const runtime = await ensureElectronRuntime();
  const programs = [...displayPrograms, "ip", "tcpdump", "strace", "xdotool"];
  await ensureSystemPackages(purpose, { electron: runtime.path, programs });
  const folder = resolve(app ?? join(root, "release", "linux-unpacked"));
  if (app === undefined && !existsSync(folder)) {
    const built = await command(process.execPath, [join(root, "scripts", "package.mjs"), "--dir"], { cwd: root });
    if (built.code !== 0) throw new SetupProblem(`The app could not be packaged:\n${tail(built)}`);
  }
  const binary = join(folder, "r1-workbench");
  if (!existsSync(binary)) throw new SetupProblem(`no-app: There is no packaged app in ${folder}.`);
  const run = await recordProof({
    app: folder,
    electron: runtime.path,
    sandbox: await sandboxArguments(binary),
    // The hub of the tour accepts on port 80.
    standIn: { sink, resolver, ports: usualStandIn.ports.filter((port) => port !== 80) },
    hubHost: hub,
    isShort: short,
    plant: plant ?? null,
    keep: keep === undefined ? null : resolve(keep),
  });
  const verdict = judgeProof(run, { sink, hubHost: hub });
  return { ...verdict, app: { folder, ...(await packagedApp(folder)) } };
}

/**
 * Returns which app is in a folder, because it may have been packaged long ago.
 * @param {string} folder
 */
async function packagedApp(folder) {
  const resources = join(folder, "resources");
  const { version } = await manifestIn(join(resources, "app.asar.unpacked"));
  const { mtime } = await stat(join(resources, "app.asar"));
  return { version, packagedAt: mtime.toISOString() };
}

async function traceTour() {
  await ensureBuilt();
  const runtime = await ensureElectronRuntime();
  const programs = [...displayPrograms, "strace", "ip"];
  await ensureSystemPackages(purpose, { electron: runtime.path, programs });
  return judgeTour(await recordTour(runtime, await sandboxArguments(runtime.path)));
}

/** @param {string[]} args */
function parseOptions(args) {
  const text = /** @type {const} */ ({ type: "string" });
  const flag = /** @type {const} */ ({ type: "boolean", default: false });
  try {
    const { values } = parseArgs({
      args,
      options: {
        short: flag,
        traced: flag,
        json: flag,
        app: text,
        sink: { ...text, default: usualStandIn.sink },
        resolver: { ...text, default: usualStandIn.resolver },
        hub: { ...text, default: "huggingface.co" },
        keep: text,
        plant: text,
      },
    });
    for (const name of /** @type {const} */ (["sink", "resolver"])) {
      const isUsable = isIP(values[name]) === 4 && !/^(127|0|22[4-9]|2[3-5]\d)\./.test(values[name]);
      if (!isUsable) throw new Error(`--${name} must be an IPv4 address that is not of this machine.`);
    }
    if (!/^[a-z\d-]+(\.[a-z\d-]+)+$/i.test(values.hub)) throw new Error("--hub must be a host name.");
    if (values.plant !== undefined && !plants.includes(values.plant)) {
      throw new Error(`--plant must be one of ${plants.join(", ")}.`);
    }
    return values;
  } catch (error) {
    throw new SetupProblem(error instanceof Error ? error.message : String(error));
  }
}
