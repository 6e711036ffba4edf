import { compareRecord } from "./compareRecord.mjs";
import { judgeTour } from "./judgeTour.mjs";
import { packetContacts, tcpPacket } from "./packetContacts.mjs";
import { plantedByProof } from "./plantedByProof.mjs";

/**
 * @typedef {import("./runTour.mjs").TourRun & { record: import("./compareRecord.mjs").Recorded[] }} ProofRun
 * @typedef {{ host: string, method: string, url: string }} HubRequest
 * @typedef {import("./judgeTour.mjs").Verdict & {
 *   packets: number,
 *   questions: number,
 *   downloads: import("./compareRecord.mjs").Comparison[],
 *   requests: string[],
 *   faults: string[],
 *   isRight: boolean,
 * }} ProofVerdict
 * `packets` and `questions`: how many left outside the downloads; `downloads`: what was sent against the app's record; `requests`: those that the hub got;
 * `faults`: what else is wrong, in sentences; `isRight`: nothing left, the record is exact, and what was planted was seen.
 */

const isDownload = (/** @type {string} */ stage) => stage.startsWith("download");

/**
 * Judges a tour of the packaged app: nothing may leave except in the downloads, and then exactly what the app recorded.
 * @param {ProofRun} run
 * @param {{ sink: string, hubHost: string }} names
 * @returns {ProofVerdict}
 */
export function judgeProof({ stages, notes, reached, packets, record }, names) {
  const stageAt = (/** @type {number} */ atMs) => stages.findLast((each) => each.atMs <= atMs)?.stage ?? "";
  const contacts = [...packetContacts(packets), ...reached].sort((a, b) => a.atMs - b.atMs);
  const quiet = contacts.filter(({ atMs }) => !isDownload(stageAt(atMs)));
  const shown = judgeTour({ stages, contacts: quiet, hasOwnNetwork: true }, plantedByProof);

  const requests = notes.flatMap(({ requests: all }) => /** @type {HubRequest[]} */ (all ?? []));
  const during = packets.filter(({ atMs }) => isDownload(stageAt(atMs)));
  const downloads = compareRecord(during, requests, record, names);
  // The planted connection to the hub is in no record, so a comparison that includes it must notice it.
  const withPlanted = packets.filter(({ atMs }) => isDownload(stageAt(atMs)) || stageAt(atMs) === "planted");
  const noticed = compareRecord(withPlanted, requests, record, names).some(
    ({ host, onTheWire, inTheRecord }) => host === names.hubHost && onTheWire.connections > inTheRecord.connections,
  );
  const planted = [...shown.planted, { name: "unrecorded", seen: noticed }];
  const seesAll = shown.seesAll && noticed;

  const early = record.filter(({ startedAt }) => !isDownload(stageAt(startedAt)));
  const contactsThen = packetContacts(during);
  const asked = contactsThen.flatMap(({ name }) => (name === null ? [] : [name]));
  const strange = [...new Set(asked)].filter((name) => name !== names.hubHost);
  // The connections are compared with the record; whatever else was sent is in no record.
  const others = contactsThen.filter(({ process, name }) => name === null && process !== tcpPacket);
  const unasked = requests.filter(({ method }) => method !== "GET" && method !== "HEAD");
  const left = shown.stages.flatMap(({ contacts: found }) => found).filter(({ process }) => process !== "any");
  const faults = [
    ...early.map(({ host }) => `The record has a connection to ${host} outside the downloads.`),
    ...others.map(({ process, where }) => `During the downloads, ${process} went to ${where}.`),
    ...unasked.map(({ method, url }) => `The hub got a request that is no download: ${method} ${url}.`),
    ...strange.map((name) => `During the downloads, another name was asked for: ${name}.`),
    ...downloads
      .filter(({ isEqual }) => !isEqual)
      .map(({ host }) => `What was sent to ${host} is not what was recorded.`),
    ...(downloads.length === 0 ? ["Nothing was downloaded, so the record was not compared with anything."] : []),
  ];
  return {
    ...shown,
    planted,
    seesAll,
    packets: left.length,
    questions: left.filter(({ name }) => name !== null).length,
    downloads,
    requests: requests.map(({ host, method, url }) => `${method} ${host}${url}`),
    faults,
    isRight: shown.isQuiet && seesAll && faults.length === 0,
  };
}
