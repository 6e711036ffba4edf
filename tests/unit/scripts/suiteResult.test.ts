import { expect, test } from "vitest";
import { fromPlaywright, fromVitest, honest, oneCheck, summaryLine } from "../../../scripts/checks/suiteResult.mjs";

const counted = { name: "unit", passed: 3, failed: 0, skipped: 0 };

test("the last line adds up all suites, and names skipped tests only if there are any", () => {
  expect(summaryLine([oneCheck("types", true), oneCheck("lint", false), counted])).toBe("4 passed, 1 failed");
  expect(summaryLine([{ ...counted, skipped: 2 }])).toBe("3 passed, 0 failed, 2 skipped");
});

test("a suite in which no test ran has failed", () => {
  expect(honest({ ...counted, passed: 0 }, 0).failed).toBe(1);
  expect(honest({ ...counted, passed: 0, skipped: 4 }, 0).failed).toBe(1);
});

test("a runner that failed counts as failed, even if every test it counted passed", () => {
  expect(honest(counted, 1).failed).toBe(1);
  expect(honest({ ...counted, failed: 2 }, 1).failed).toBe(2);
  expect(honest(counted, 0)).toEqual(counted);
});

test("vitest: a file that could not be loaded counts as one failure", () => {
  const report = {
    numPassedTests: 5,
    numFailedTests: 1,
    numPendingTests: 2,
    testResults: [
      { status: "failed", assertionResults: [] },
      { status: "failed", assertionResults: [{ status: "failed" }] },
      { status: "passed", assertionResults: [{ status: "passed" }] },
    ],
  };
  expect(fromVitest("unit", report)).toEqual({ name: "unit", passed: 5, failed: 2, skipped: 2 });
});

test("Playwright: a flaky test and an error outside the tests are failures", () => {
  const stats = { expected: 4, unexpected: 1, flaky: 1, skipped: 1 };
  expect(fromPlaywright("e2e", { stats, errors: [{}] })).toEqual({ name: "e2e", passed: 4, failed: 3, skipped: 1 });
});
