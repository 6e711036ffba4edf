import { type ErrorCode, type FactsOf, WorkbenchError } from "../../contract/errors.ts";

interface Circumstances {
  /** The same request may well succeed later. */
  transient?: boolean;
  /** What the hub asked for, in ms; capped. */
  retryAfterMs?: number | null;
  detail?: string;
}

type HubCode = Extract<ErrorCode, `hub-${string}` | `download-${string}` | "proxy-failed">;

/** A request to the hub that failed, with what a caller needs to decide whether and when to try again. */
export class HubFailure<Code extends HubCode = HubCode> extends WorkbenchError<Code> {
  readonly transient: boolean;
  readonly retryAfterMs: number | null;

  constructor(
    code: Code,
    facts?: FactsOf<Code>,
    { transient = false, retryAfterMs = null, detail }: Circumstances = {},
  ) {
    // Its type is checked above; here the compiler gives up over the number of codes.
    super(code, facts as never, detail);
    this.transient = transient;
    this.retryAfterMs = retryAfterMs;
  }
}
