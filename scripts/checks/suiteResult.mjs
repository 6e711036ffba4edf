import { relative } from "node:path";
import { stripVTControlCharacters } from "node:util";
import { root } from "../setup/paths.mjs";

/**
 * A test that failed, with the file in which it is, and what it said.
 * @typedef {{ test: string, message: string }} Failure
 */

/**
 * @typedef {{ name: string, passed: number, failed: number, skipped: number, failures?: Failure[] }} SuiteResult
 */

const mostMessageLines = 20;

/**
 * Returns the result of a suite that is a single check.
 * @param {string} name
 * @param {boolean} passed
 * @returns {SuiteResult}
 */
export function oneCheck(name, passed) {
  return { name, passed: passed ? 1 : 0, failed: passed ? 0 : 1, skipped: 0 };
}

/**
 * Corrects a runner's counts: a runner that failed without a failed test, and a suite in which no test ran, count as
 * one failure.
 * @param {SuiteResult} counted
 * @param {number} exitCode the runner's exit code
 * @returns {SuiteResult}
 */
export function honest(counted, exitCode) {
  const ranNothing = counted.passed + counted.failed === 0;
  const endedBadly = exitCode !== 0 && counted.failed === 0;
  if (!ranNothing && !endedBadly) return counted;
  const message = ranNothing
    ? "No test ran."
    : `The runner ended with ${exitCode}: an error outside the tests is above.`;
  const failures = [...(counted.failures ?? []), { test: "outside the tests", message }];
  return { ...counted, failed: counted.failed + 1, failures };
}

/**
 * Returns the counts and failures in vitest's JSON report. A file that could not be loaded counts as one failure.
 * @param {string} name
 * @param {{ numPassedTests: number, numFailedTests: number, numPendingTests: number, numTodoTests?: number,
 *   testResults: { name: string, status: string, message?: string,
 *     assertionResults: { status: string, fullName: string, failureMessages?: string[] }[] }[] }} report
 * @returns {SuiteResult}
 */
export function fromVitest(name, report) {
  /** @type {Failure[]} */
  const failures = [];
  let brokenFiles = 0;
  for (const { name: path, status, message = "", assertionResults } of report.testResults) {
    const file = relative(root, path);
    const failed = assertionResults.filter((test) => test.status === "failed");
    for (const { fullName, failureMessages = [] } of failed) {
      failures.push({ test: `${file} › ${fullName}`, message: failureMessages.join("\n") });
    }
    if (status !== "failed" || failed.length > 0) continue;
    brokenFiles += 1;
    failures.push({ test: file, message });
  }
  return {
    name,
    passed: report.numPassedTests,
    failed: report.numFailedTests + brokenFiles,
    skipped: report.numPendingTests + (report.numTodoTests ?? 0),
    failures,
  };
}

/**
 * @typedef {{ message?: string }} PlaywrightError
 * @typedef {{ title: string, file: string, line: number,
 *   tests: { status: string, results: { errors: PlaywrightError[] }[] }[] }} PlaywrightSpec
 * @typedef {{ specs?: PlaywrightSpec[], suites?: PlaywrightSuite[] }} PlaywrightSuite
 */

/**
 * Returns the counts and failures in Playwright's JSON report. A flaky test counts as failed.
 * @param {string} name
 * @param {{ stats: { expected: number, unexpected: number, flaky: number, skipped: number },
 *   errors: PlaywrightError[], suites?: PlaywrightSuite[] }} report
 * @returns {SuiteResult}
 */
export function fromPlaywright(name, { stats, errors, suites = [] }) {
  const failed = stats.unexpected + stats.flaky;
  const failures = specsIn(suites).flatMap(({ title, file, line, tests }) =>
    tests
      .filter(({ status }) => status === "unexpected" || status === "flaky")
      .map(({ status, results }) => ({
        test: `${file}:${line} › ${title}${status === "flaky" ? " (passed when it was tried again)" : ""}`,
        message: firstMessage(results.flatMap((result) => result.errors)),
      })),
  );
  const outside = errors.map((error) => ({ test: "outside the tests", message: firstMessage([error]) }));
  return {
    name,
    passed: stats.expected,
    failed: failed + errors.length,
    skipped: stats.skipped,
    failures: [...failures, ...outside],
  };
}

/**
 * @param {PlaywrightSuite[]} suites
 * @returns {PlaywrightSpec[]}
 */
function specsIn(suites) {
  return suites.flatMap(({ specs = [], suites: inner = [] }) => [...specs, ...specsIn(inner)]);
}

/** @param {PlaywrightError[]} errors */
function firstMessage(errors) {
  return errors.find(({ message }) => message !== undefined)?.message ?? "";
}

/**
 * Returns what `npm test` prints at its end about a suite that failed: its counts, and each failure, shortened.
 * @param {SuiteResult} result
 */
export function failedSuite(result) {
  const failures = (result.failures ?? []).map(({ test, message }) => {
    const lines = stripVTControlCharacters(message)
      .split("\n")
      .filter((line) => line.trim() !== "" && !line.includes("/node_modules/"));
    return [`  ${test}`, ...lines.slice(0, mostMessageLines).map((line) => `    ${line}`)].join("\n");
  });
  return [`✗ ${result.name}: ${summaryLine([result])}`, ...failures].join("\n");
}

/**
 * Returns the last line of `npm test`.
 * @param {SuiteResult[]} results
 */
export function summaryLine(results) {
  const { passed, failed, skipped } = total(results);
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ""}`;
}

/**
 * @param {SuiteResult[]} results
 * @returns {SuiteResult}
 */
export function total(results) {
  const sum = { name: "all", passed: 0, failed: 0, skipped: 0 };
  for (const { passed, failed, skipped } of results) {
    sum.passed += passed;
    sum.failed += failed;
    sum.skipped += skipped;
  }
  return sum;
}
