import { type Problem, problemOf, toProblem } from "../../contract/errors.ts";

/** Only what the sender has makes these. */
const wrongContent = ["download-mismatch", "download-changed"];
const notThere = ["hub-not-found", "hub-gated", "hub-token-refused", "hub-refused"];

/** Returns an error of a component's download in terms of the component: components do not come from the hub. */
export function componentProblem(error: unknown, host: string): Problem {
  const problem = toProblem(error);
  const detail = [problem.code, problem.facts && JSON.stringify(problem.facts), problem.detail]
    .filter(Boolean)
    .join(" ");
  if (wrongContent.includes(problem.code)) return problemOf("component-mismatch", undefined, detail);
  if (notThere.includes(problem.code)) return problemOf("component-missing", { host }, detail);
  return problem.code.startsWith("hub-") ? problemOf("component-unreachable", { host }, detail) : problem;
}
