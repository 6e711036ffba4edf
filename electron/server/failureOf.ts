import { type ErrorCode, toProblem } from "../contract/errors.ts";
import { failureText } from "../texts/failureText.ts";
import type { Texts } from "../texts/texts.ts";
import { ApiFailure } from "./ApiFailure.ts";

/** Everything else is a 500. */
const statuses: Partial<Record<ErrorCode, number>> = {
  "context-exceeded": 400,
  "prompt-empty": 400,
  "model-template-failed": 400,
  "model-not-found": 404,
  "model-file-missing": 404,
  "engine-busy": 503,
  "engine-down": 503,
  "engine-hung": 503,
  "model-unloaded": 503,
  "benchmark-running": 503,
  "tune-running": 503,
  "models-moving": 503,
  "component-changing": 503,
  // Of servers that this app passes requests on to.
  "server-cannot": 400,
  "server-not-found": 404,
  "server-model-missing": 404,
  "server-unreachable": 503,
  "server-busy": 503,
  "server-loading": 503,
  "server-silent": 504,
  "server-cut": 502,
  "server-failed": 502,
  "server-refused": 502,
  "server-answer-invalid": 502,
  "server-redirected": 502,
  "server-not-trusted": 502,
  "server-key-missing": 502,
  "server-key-refused": 502,
  "server-unpaid": 502,
};
/** What OpenAI calls it, where programs look for that. */
const codes: Partial<Record<ErrorCode, string>> = {
  "context-exceeded": "context_length_exceeded",
  "model-not-found": "model_not_found",
};

/** Returns a failure of the workbench as programs are told about it. Names no file and no folder. */
export function failureOf(error: unknown, texts: Pick<Texts, "i18n">): ApiFailure {
  if (error instanceof ApiFailure) return error;
  const { code, facts } = toProblem(error);
  const status = statuses[code] ?? 500;
  // A sentence with a path in it would tell a program how this computer's folders are called.
  const hasPath = Object.values(facts ?? {}).some((fact) => typeof fact === "string" && /[/\\]/.test(fact));
  const { what } = failureText(texts, hasPath ? { code } : { code, facts }, "en");
  // Its sentence has the number of an entry in the log, which only the app's own user can look up.
  const retry =
    code === "model-unloaded" ? { "x-should-retry": "false" } : { "retry-after": String(facts?.["seconds"] ?? 5) };
  const message = code === "internal" ? "Something unexpected went wrong." : what;
  return new ApiFailure(status, {
    code: codes[code] ?? code,
    message,
    headers: status === 503 ? retry : {},
  });
}
