/** The head of an HTTP answer, as far as a plain one goes. */
export interface AnswerHead {
  status: number;
  /** Lower-case names; several values where a name came more than once. */
  headers: Record<string, string | string[]>;
  bodyBytes: number;
  /** Whether another request may follow on the same connection. */
  staysOpen: boolean;
}

const statusLine = /^HTTP\/1\.([01]) ([2-5]\d\d)(?: [\t\x20-\x7e\x80-\xff]*)?$/;
const headerLine = /^([!#$%&'*+.^_`|~\dA-Za-z-]+):[\t ]*([\t\x20-\x7e\x80-\xff]*?)[\t ]*$/;
const decimal = /^\d{1,15}$/;

/**
 * Reads the plainest kind of head (RFC 9112): version 1.0 or 1.1, a final status, and one length of the body in bytes.
 * Null for every other, right or wrong: a full parser has to judge it.
 * @param text of one character per byte, without the empty line
 */
export function readAnswerHead(text: string): AnswerHead | null {
  const [first = "", ...lines] = text.split("\r\n");
  const [, version, status] = statusLine.exec(first) ?? [];
  if (status === undefined) return null;
  const headers: AnswerHead["headers"] = Object.create(null);
  for (const line of lines) {
    const [, name, value] = headerLine.exec(line) ?? [];
    if (name === undefined || value === undefined) return null;
    const key = name.toLowerCase();
    const before = headers[key];
    headers[key] = before === undefined ? value : [before, value].flat();
  }
  const length = headers["content-length"];
  if (typeof length !== "string" || !decimal.test(length) || "transfer-encoding" in headers) return null;
  return {
    status: Number(status),
    headers,
    bodyBytes: status === "204" || status === "304" ? 0 : Number(length),
    staysOpen: version === "1" && !/\bclose\b/i.test([headers.connection ?? ""].join()),
  };
}
