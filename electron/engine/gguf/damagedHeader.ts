import { WorkbenchError } from "../../contract/errors.ts";

/** The error for a header that cannot be true. `why` completes the sentence. */
export function damagedHeader(why: string): WorkbenchError {
  return new WorkbenchError("model-header-invalid", `The model file's header is damaged: ${why}.`);
}
