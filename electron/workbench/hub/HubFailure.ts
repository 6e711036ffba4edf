import { type ErrorCode, WorkbenchError } from "../../contract/errors.ts";

interface Circumstances {
  /** The same request may well succeed later. */
  transient?: boolean;
  /** What the hub asked for, in ms; capped. */
  retryAfterMs?: number | null;
  detail?: string;
}

/** A request to the hub that failed, with what a caller needs to decide whether and when to try again. */
export class HubFailure extends WorkbenchError {
  readonly transient: boolean;
  readonly retryAfterMs: number | null;

  constructor(
    code: ErrorCode,
    message?: string,
    { transient = false, retryAfterMs = null, detail }: Circumstances = {},
  ) {
    super(code, message, detail);
    this.transient = transient;
    this.retryAfterMs = retryAfterMs;
  }
}
