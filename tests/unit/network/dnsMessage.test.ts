import { expect, test } from "vitest";
import { answerQuestion, questionName } from "../../../scripts/network/dnsMessage.mjs";

/** Returns glibc's question for example.org: id 0x1234, recursion desired, one question of type A or AAAA. */
function question(type: number): Buffer {
  const name = Buffer.from("\x07example\x03org\x00", "latin1");
  return Buffer.concat([Buffer.from([0x12, 0x34, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0]), name, Buffer.from([0, type, 0, 1])]);
}

test("a question for an address is answered with one", () => {
  const answered = answerQuestion(question(1), "198.51.100.1");
  expect(answered?.name).toBe("example.org");
  expect(answered?.reply.subarray(0, 12).toString("hex")).toBe("123481800001000100000000");
  expect(answered?.reply.subarray(-4)).toEqual(Buffer.from([198, 51, 100, 1]));
});

test("a question for anything else is answered with no records", () => {
  const reply = answerQuestion(question(28), "198.51.100.1")?.reply;
  expect(reply?.subarray(0, 12).toString("hex")).toBe("123481800001000000000000");
  expect(reply).toHaveLength(question(28).length);
});

test.each([
  ["nothing", Buffer.alloc(0)],
  ["a header alone", question(1).subarray(0, 12)],
  ["a cut name", question(1).subarray(0, 18)],
  ["a reply", answerQuestion(question(1), "198.51.100.1")?.reply ?? Buffer.alloc(0)],
  ["text", Buffer.from("GET / HTTP/1.1\r\nHost: example.org\r\n\r\n")],
])("not a question: %s", (_what, bytes) => {
  expect(questionName(bytes)).toBeNull();
});
