const shownOfStage = 12;

/**
 * Returns the verdict as a plain-text table, followed by one sentence.
 * @param {import("./judgeTour.mjs").Verdict} verdict
 */
export function tourTable(verdict) {
  const { isQuiet, seesAll, hasOwnNetwork } = verdict;
  return [
    ...stageLines(verdict),
    hasOwnNetwork
      ? "The internet was a stand-in that answers every name and accepts every connection."
      : "This machine's own network was used.",
    sentence(isQuiet, seesAll),
  ].join("\n");
}

/**
 * Returns the table of what was contacted in each stage, and how many of the planted contacts were seen.
 * @param {import("./judgeTour.mjs").Verdict} verdict
 */
export function stageLines({ stages, planted }) {
  const width = Math.max(...stages.map(({ stage }) => stage.length));
  const rows = stages.flatMap(({ stage, contacts }) => {
    const [first = "nothing", ...rest] = [...new Set(contacts.map(describe))];
    const more = rest.length >= shownOfStage ? [`and ${rest.length - shownOfStage + 1} more`] : [];
    return [
      `${stage.padEnd(width)}  ${first}`,
      ...[...rest.slice(0, shownOfStage - 1), ...more].map((text) => `${" ".repeat(width)}  ${text}`),
    ];
  });
  const missed = planted.filter(({ seen }) => !seen).map(({ name }) => name);
  return [
    `${"What was done".padEnd(width)}  Contacted beyond this machine`,
    ...rows,
    "",
    `Contacts made on purpose at the end, to prove that they are seen: ${planted.length - missed.length} of ${planted.length}` +
      `${missed.length === 0 ? "" : ` (missed: ${missed.join(", ")})`}.`,
  ];
}

/** @param {boolean} isQuiet @param {boolean} seesAll */
function sentence(isQuiet, seesAll) {
  if (!seesAll) return "The watch missed something it should have seen, so it proves nothing.";
  return isQuiet ? "Nothing left this machine." : "Something left this machine: see above.";
}

/** @param {import("./traceContacts.mjs").Contact} contact */
function describe({ where, name, process, sent }) {
  if (!sent) return `nothing; the way to ${where} was looked up (by ${process})`;
  return name === null ? `${where} (by ${process})` : `the name ${name}, asked of ${where} (by ${process})`;
}
