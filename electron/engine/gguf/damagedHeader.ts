import { WorkbenchError } from "../../contract/errors.ts";

/** Returns the error for a header that cannot be true. `why` is for bug reports: "it names no tokenizer". */
export function damagedHeader(why: string): WorkbenchError {
  return new WorkbenchError("model-header-invalid", undefined, why);
}
