import { WorkbenchError } from "../../contract/errors.ts";

/** Returns the error for an invalid header. `why` is for bug reports, such as "it names no tokenizer". */
export function damagedHeader(why: string): WorkbenchError {
  return new WorkbenchError("model-header-invalid", undefined, why);
}
