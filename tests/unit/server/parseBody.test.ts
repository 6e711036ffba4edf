import { expect, test } from "vitest";
import { parseBody } from "../../../electron/server/parseBody.ts";

const nested = (depth: number): string => `{"a":${"[".repeat(depth - 1)}${"]".repeat(depth - 1)}}`;

test("an object is read as JSON.parse reads it", () => {
  const text = '{"a":[1,{"b":"\\"}{\\\\"}],"a b":null, "c" : "x:y"}';
  expect(parseBody(text)).toEqual(JSON.parse(text));
  expect(parseBody(nested(32))).toEqual(JSON.parse(nested(32)));
});

test.each([
  ["nothing", ""],
  ["a list", "[]"],
  ["null", "null"],
  ["a text", '"x"'],
  ["not JSON", "{a:1}"],
  ["NaN", '{"temperature":NaN}'],
  ["an open text", '{"a":"x'],
  ["a wrong escape in a key", '{"\\x":1}'],
  ["33 levels", nested(33)],
  ["10,000 levels", nested(10_000)],
  ["only openings", "[".repeat(4_000_000)],
  ["a key twice", '{"model":"a","model":"b"}'],
  ["a key twice, spelled differently", '{"model":"a","mod\\u0065l":"b"}'],
  ["a key twice, further down", '{"a":[{"b":1,"b":2}]}'],
  ["__proto__", '{"__proto__":{"stream":true}}'],
  ["__proto__ spelled differently", '{"\\u005f_proto__":{}}'],
])("%s is refused", (_name, text) => {
  expect(() => parseBody(text)).toThrow(expect.objectContaining({ status: 400 }));
});

test("the same key in two objects, and as a value, is fine", () => {
  expect(parseBody('{"a":{"b":"b"},"c":{"b":"a"}}')).toEqual({ a: { b: "b" }, c: { b: "a" } });
});

test("a body of 4 MB is read in a moment", () => {
  const text = JSON.stringify({ messages: [{ role: "user", content: '\\"'.repeat(1_000_000) }] });
  const before = performance.now();
  parseBody(text);
  expect(performance.now() - before).toBeLessThan(5000);
});
