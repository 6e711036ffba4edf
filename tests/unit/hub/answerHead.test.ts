import { describe, expect, it } from "vitest";
import { readAnswerHead } from "../../../electron/workbench/hub/answerHead.ts";

const head = (...lines: string[]): string => lines.join("\r\n");

describe("the head of an answer", () => {
  it("its status, headers and length are read; names in lower case, values without blanks around them", () => {
    const text = head(
      "HTTP/1.1 206 Partial Content",
      "Content-Length:  1000 ",
      'ETag: "a b"',
      "X-Empty:",
      "Via: a",
      "via: b",
    );
    expect(readAnswerHead(text)).toEqual({
      status: 206,
      headers: { "content-length": "1000", etag: '"a b"', "x-empty": "", via: ["a", "b"] },
      bodyBytes: 1000,
      staysOpen: true,
    });
  });

  it("a connection that ends with the answer is told", () => {
    for (const connection of ["Connection: close", "connection: foo, CLOSE"]) {
      expect(readAnswerHead(head("HTTP/1.1 200 OK", "content-length: 1", connection))?.staysOpen).toBe(false);
    }
    expect(readAnswerHead(head("HTTP/1.0 200 OK", "content-length: 1"))).toMatchObject({
      bodyBytes: 1,
      staysOpen: false,
    });
  });

  it("no body follows 204 and 304, whatever length they state", () => {
    expect(readAnswerHead(head("HTTP/1.1 304 Not Modified", "content-length: 50"))?.bodyBytes).toBe(0);
  });

  it.each([
    ["another version", head("HTTP/2 200 OK", "content-length: 1")],
    ["an answer before the answer", head("HTTP/1.1 103 Early Hints", "content-length: 0")],
    ["a status of four digits", head("HTTP/1.1 2000 OK", "content-length: 1")],
    ["no length", head("HTTP/1.1 200 OK", "etag: a")],
    ["two lengths", head("HTTP/1.1 200 OK", "content-length: 1", "content-length: 1")],
    ["a list of lengths", head("HTTP/1.1 200 OK", "content-length: 1, 1")],
    ["a negative length", head("HTTP/1.1 200 OK", "content-length: -1")],
    ["a length that no number holds", head("HTTP/1.1 200 OK", `content-length: ${"9".repeat(16)}`)],
    ["chunks", head("HTTP/1.1 200 OK", "transfer-encoding: chunked")],
    ["chunks and a length", head("HTTP/1.1 200 OK", "content-length: 1", "Transfer-Encoding: chunked")],
    ["a header over two lines", head("HTTP/1.1 200 OK", "content-length: 1", "x: a", " b")],
    ["a blank before the colon", head("HTTP/1.1 200 OK", "content-length : 1")],
    ["a bare line feed", head("HTTP/1.1 200 OK", "content-length: 1\nx: y")],
    ["a zero byte", head("HTTP/1.1 200 OK", "content-length: 1", "x: \0")],
    ["nothing", ""],
  ])("%s: a full client has to judge", (_title, text) => {
    expect(readAnswerHead(text)).toBeNull();
  });

  it("a header by the name of something that every object has is a header", () => {
    const { headers } =
      readAnswerHead(head("HTTP/1.1 200 OK", "content-length: 1", "__proto__: a", "constructor: b")) ?? {};
    expect(Object.entries(headers ?? {})).toEqual([
      ["content-length", "1"],
      ["__proto__", "a"],
      ["constructor", "b"],
    ]);
  });
});
