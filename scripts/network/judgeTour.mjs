import { planted as plantedByTour } from "./planted.mjs";

/**
 * @typedef {import("./traceContacts.mjs").Contact} Contact
 * @typedef {{
 *   stages: { stage: string, contacts: Contact[] }[],
 *   planted: { name: string, seen: boolean }[],
 *   isQuiet: boolean,
 *   seesAll: boolean,
 *   hasOwnNetwork: boolean,
 * }} Verdict
 * `isQuiet`: nothing was sent except in the planted stage; `seesAll`: each planted contact was recorded.
 */

/** The stage in which the tour makes its planted contacts. */
const plantedStage = "planted";
const lastStage = "end";

/**
 * Returns what was contacted in which stage. Chromium may still make a planted contact while the app quits, so
 * everything after the planting belongs to the planted stage.
 * @param {import("./recordTour.mjs").TourRecord} record
 * @param {Record<string, string>} [planted] the hosts that were contacted on purpose, by what contacted them
 * @returns {Verdict}
 */
export function judgeTour({ stages, contacts, hasOwnNetwork }, planted = plantedByTour) {
  const plantedFrom = stages.find(({ stage }) => stage === plantedStage)?.atMs ?? Number.POSITIVE_INFINITY;
  const quiet = stages.filter(({ atMs }) => atMs < plantedFrom);
  const judged = quiet.map(({ stage, atMs }, index) => {
    const until = quiet[index + 1]?.atMs ?? plantedFrom;
    // The first contacts may be slightly older than the first stage's time.
    const from = index === 0 ? Number.NEGATIVE_INFINITY : atMs;
    return { stage, contacts: contacts.filter((contact) => contact.atMs >= from && contact.atMs < until) };
  });
  const made = contacts.filter(({ atMs }) => atMs >= plantedFrom);
  const seen = Object.entries(planted).map(([name, host]) => ({
    name,
    seen: made.some((contact) => contact.name === host || contact.where.startsWith(`${host}:`)),
  }));
  return {
    stages: judged,
    planted: seen,
    isQuiet: judged.every(({ contacts: found }) => found.every(({ sent }) => !sent)),
    // A tour that did not reach its end proves nothing.
    seesAll: stages.at(-1)?.stage === lastStage && seen.every((contact) => contact.seen),
    hasOwnNetwork,
  };
}
