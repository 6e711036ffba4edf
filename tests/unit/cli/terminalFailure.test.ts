import { expect, test } from "vitest";
import { terminalFailure } from "../../../electron/cli/terminalFailure.ts";
import { problemOf } from "../../../electron/contract/errors.ts";
import { failureLine } from "../../../electron/texts/failureText.ts";
import { openTexts } from "../../../electron/texts/texts.ts";

const english = openTexts("en");

test("advice on a terminal names commands and variables, not the window's lists and fields", () => {
  expect(terminalFailure(english, problemOf("model-not-found", { case: "named", name: "x" }))).toBe(
    "There is no model “x”. `r1 models` lists the models on this machine.",
  );
  expect(
    terminalFailure(english, problemOf("model-not-found", { case: "inNeither", name: "x", ids: ["r1", "r1-0528"] })),
  ).toBe(
    "There is no model “x” on this machine or in the catalogue. `r1 models` lists the models on this machine. " +
      "The ids in the catalogue are r1 and r1-0528.",
  );
  expect(terminalFailure(english, problemOf("hub-unreachable", { case: "refused", host: "h:1" }))).toBe(
    "h:1 could not be reached: it refused the connection. Anything already downloaded is kept. " +
      "Check the connection and the hub’s address, which HF_ENDPOINT or the app’s settings set.",
  );
  expect(terminalFailure(english, problemOf("hub-gated"))).toContain("then set HF_TOKEN");
  expect(terminalFailure(english, problemOf("hub-not-found", { case: "hidden" }))).toContain("set HF_TOKEN");
  expect(terminalFailure(openTexts("zh-CN"), problemOf("hub-unreachable"))).toContain("HF_ENDPOINT");
});

test("other advice, and sentences that an earlier version stored, stay", () => {
  for (const problem of [
    problemOf("model-not-found", { case: "none" }),
    problemOf("hub-not-found", { case: "file" }),
    { code: "hub-gated" as const, message: "Ask for access." },
  ]) {
    expect(terminalFailure(english, problem)).toBe(failureLine(english, problem));
  }
});

test("a redirect loop names no server, so none is said to have been sent nothing", () => {
  expect(terminalFailure(english, problemOf("hub-redirect-refused", { case: "tooMany" }))).toBe(
    "The hub redirected the request too many times. Anything already downloaded is kept. Try another source.",
  );
});
