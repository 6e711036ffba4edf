import { stageLines } from "./tourTable.mjs";

/**
 * Returns the verdict as plain text: what was done and what left, the downloads against the record, and one sentence.
 * @param {import("./judgeProof.mjs").ProofVerdict} verdict
 */
export function proofTable(verdict) {
  const { packets, questions, downloads, requests, faults, isRight } = verdict;
  return [
    ...stageLines(verdict),
    "",
    `Left this machine outside the downloads: ${packets} packets, ${questions} of them questions for a name.`,
    "",
    "Downloads: sent, and in the app's own record",
    ...downloads.flatMap(({ host, onTheWire, inTheRecord }) => [
      `  ${host}`,
      `    sent      ${counts(onTheWire)}`,
      `    recorded  ${counts(inTheRecord)}`,
    ]),
    "The hub got:",
    ...requests.map((request) => `  ${request}`),
    ...faults,
    isRight
      ? "Proven: nothing left this machine but the downloads, and the record has each of them."
      : "Not proven: see above.",
  ].join("\n");
}

/** @param {import("./compareRecord.mjs").Counts} counts */
function counts({ connections, requests, sentBytes, receivedBytes }) {
  return `${connections} connections, ${requests} requests, ${sentBytes} bytes up, ${receivedBytes} bytes down`;
}
