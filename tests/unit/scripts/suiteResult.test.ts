import { join } from "node:path";
import { expect, test } from "vitest";
import {
  failedSuite,
  fromPlaywright,
  fromVitest,
  honest,
  oneCheck,
  summaryLine,
} from "../../../scripts/checks/suiteResult.mjs";
import { root } from "../../../scripts/setup/paths.mjs";

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
  expect(failedSuite(honest(counted, 1))).toMatch(/outside the tests\n.*ended with 1/);
  expect(honest({ ...counted, failed: 2 }, 1).failed).toBe(2);
  expect(honest(counted, 0)).toEqual(counted);
});

test("vitest: a file that could not be loaded counts as one failure, and each failure is named with its file", () => {
  const failed = { status: "failed", fullName: "adds", failureMessages: ["expected 3 to be 4"] };
  const report = {
    numPassedTests: 5,
    numFailedTests: 1,
    numPendingTests: 2,
    testResults: [
      { name: join(root, "a.test.ts"), status: "failed", message: "no such module", assertionResults: [] },
      { name: join(root, "b.test.ts"), status: "failed", assertionResults: [failed] },
      { name: join(root, "c.test.ts"), status: "passed", assertionResults: [{ status: "passed", fullName: "works" }] },
    ],
  };
  expect(fromVitest("unit", report)).toEqual({
    name: "unit",
    passed: 5,
    failed: 2,
    skipped: 2,
    failures: [
      { test: "a.test.ts", message: "no such module" },
      { test: "b.test.ts › adds", message: "expected 3 to be 4" },
    ],
  });
});

test("Playwright: a flaky test and an error outside the tests are failures, with the message of the first try", () => {
  const stats = { expected: 4, unexpected: 1, flaky: 1, skipped: 1 };
  const tried = (status: string, ...messages: string[]) => [
    { status, results: messages.map((message) => ({ errors: message === "" ? [] : [{ message }] })) },
  ];
  const suites = [
    {
      specs: [{ title: "opens", file: "a.spec.ts", line: 3, tests: tried("expected", "") }],
      suites: [
        {
          specs: [
            { title: "closes", file: "a.spec.ts", line: 9, tests: tried("unexpected", "it stayed", "it stayed") },
            { title: "moves", file: "a.spec.ts", line: 20, tests: tried("flaky", "it was late", "") },
          ],
        },
      ],
    },
  ];
  const result = fromPlaywright("e2e", { stats, errors: [{ message: "no display" }], suites });
  expect(result).toEqual({
    name: "e2e",
    passed: 4,
    failed: 3,
    skipped: 1,
    failures: [
      { test: "a.spec.ts:9 › closes", message: "it stayed" },
      { test: "a.spec.ts:20 › moves (passed when it was tried again)", message: "it was late" },
      { test: "outside the tests", message: "no display" },
    ],
  });
});

test("what failed is printed without colours, blank lines and the runner's own lines, and a long message is cut", () => {
  const message = `\u001b[31mexpected\u001b[39m\n\n    at run (/r1/node_modules/runner.js:1:1)\n${"at line\n".repeat(50)}`;
  const lines = failedSuite({ ...counted, failed: 1, failures: [{ test: "a.test.ts › adds", message }] }).split("\n");
  expect(lines.slice(0, 4)).toEqual([
    "✗ unit: 3 passed, 1 failed",
    "  a.test.ts › adds",
    "    expected",
    "    at line",
  ]);
  expect(lines).toHaveLength(22);
});
