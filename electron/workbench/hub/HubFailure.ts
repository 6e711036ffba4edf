import { type ErrorCode, type FactsOf, WorkbenchError } from "../../contract/errors.ts";

interface Circumstances {
  /** True if the same request may succeed later. */
  transient?: boolean;
  /** The delay that the hub asked for, in ms, with an upper limit. */
  retryAfterMs?: number | null;
  detail?: string;
}

type HubCode = Extract<ErrorCode, `hub-${string}` | `download-${string}` | "proxy-failed">;

/** A failed request to the hub, with what a caller needs to decide whether and when to retry. */
export class HubFailure<Code extends HubCode = HubCode> extends WorkbenchError<Code> {
  readonly transient: boolean;
  readonly retryAfterMs: number | null;

  constructor(
    code: Code,
    facts?: FactsOf<Code>,
    { transient = false, retryAfterMs = null, detail }: Circumstances = {},
  ) {
    // The type is checked above. The compiler cannot handle the number of codes here.
    super(code, facts as never, detail);
    this.transient = transient;
    this.retryAfterMs = retryAfterMs;
  }
}
