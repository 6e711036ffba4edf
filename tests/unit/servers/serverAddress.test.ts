import { expect, test } from "vitest";
import { toProblem } from "../../../electron/contract/errors.ts";
import { openAiUrl, ownUrl, serverAddress } from "../../../electron/workbench/servers/serverAddress.ts";

test.each([
  ["http://localhost:8080/", "http://localhost:8080", true],
  ["localhost:11434", "http://localhost:11434", true],
  ["127.0.0.1:1234/v1", "http://127.0.0.1:1234/v1", true],
  ["[::1]:8000", "http://[::1]:8000", true],
  ["192.168.1.5:8000", "http://192.168.1.5:8000", false],
  ["gpu.example.org", "https://gpu.example.org", false],
  ["HTTPS://GPU.example.org:443/base/v1/chat/completions", "https://gpu.example.org/base/v1", false],
])("%s is %s", (typed, url, isThisMachine) => {
  expect(serverAddress(typed)).toMatchObject({ url, isThisMachine });
});

test.each([
  ["http://gpu.example.org", "plainHttp"],
  ["http://8.8.8.8:80", "plainHttp"],
  ["https://user:secret@gpu.example.org", "credentials"],
  ["https://user:sec/ret-secret@gpu.example.org", "address"],
  ["user:x/secret@gpu example.org", "address"],
  ["https://gpu.example.org/v1?key=secret", "address"],
  ["file:///etc/passwd", "address"],
  ["https://gpu.example.org/?key=1", "address"],
  ["https://gpu.example.org/#a", "address"],
  ["not an address", "address"],
  ["", "address"],
])("refuses %s, and repeats no password", (typed, how) => {
  let problem = null;
  try {
    serverAddress(typed);
  } catch (error) {
    problem = toProblem(error);
  }
  expect(problem).toMatchObject({ code: "server-address-invalid", facts: { case: how } });
  expect(JSON.stringify(problem)).not.toContain("secret");
});

test("unencrypted http to another machine is possible if that was said", () => {
  expect(serverAddress("http://gpu.example.org:8000", true)).toMatchObject({
    isEncrypted: false,
    isThisMachine: false,
  });
});

test("the paths of both interfaces follow from the address, with or without a version", () => {
  expect(openAiUrl("http://localhost:8080", "models").href).toBe("http://localhost:8080/v1/models");
  expect(openAiUrl("https://a.example/api/v4", "models").href).toBe("https://a.example/api/v4/models");
  expect(ownUrl("http://localhost:8080/v1", "tokenize").href).toBe("http://localhost:8080/tokenize");
});
