/** OpenAI's names for kinds of failures, by status. */
const types: Record<number, string> = {
  401: "authentication_error",
  403: "permission_error",
  404: "not_found_error",
  429: "rate_limit_error",
  500: "server_error",
  502: "server_error",
  503: "server_error",
  504: "server_error",
};
/** After these, the same request may succeed. */
const passing = new Set([408, 429, 503]);

export interface FailureFacts {
  /** A word for programs, such as "model_not_found". */
  code: string;
  /** In English: it is read by whoever writes the program. */
  message: string;
  /** The parameter that is to blame. */
  param?: string | null;
  headers?: Record<string, string>;
}

/** What a program is told of a failure, in OpenAI's form. */
export interface ToldFailure {
  message: string;
  type: string;
  param: string | null;
  code: string;
}

/** Why a request is not answered. */
export class ApiFailure extends Error {
  readonly status: number;
  readonly headers: Record<string, string>;
  readonly body: { error: ToldFailure };

  constructor(status: number, { code, message, param = null, headers = {} }: FailureFacts) {
    super(message);
    this.status = status;
    this.headers = passing.has(status) ? headers : { ...headers, "x-should-retry": "false" };
    this.body = { error: { message, type: types[status] ?? "invalid_request_error", param, code } };
  }
}

/** Returns the failure of a request with a parameter that is wrong or not supported. */
export const badParameter = (param: string | null, code: string, message: string): ApiFailure =>
  new ApiFailure(400, { code, message, param });
