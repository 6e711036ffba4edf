import { describe, expect, test } from "vitest";
import { hashOfKey, newApiKey } from "../../../electron/server/apiKeys.ts";
import { guard } from "../../../electron/server/guard.ts";

const key = newApiKey();
const rules = {
  hosts: new Set(["127.0.0.1", "localhost", "[::1]"]),
  origins: ["https://chat.example"],
  keyHashes: [hashOfKey(key)],
};
const host = ["Host", "127.0.0.1:8321"];
const bearer = ["Authorization", `Bearer ${key}`];
const json = ["Content-Type", "application/json"];

/** Returns the status, or what the guard returns. */
function ask(rawHeaders: readonly string[], method = "POST", port = 8321): unknown {
  try {
    return guard({ method, rawHeaders, port }, rules);
  } catch (error) {
    return (error as { status: number }).status;
  }
}

test("a key has 256 random bits", () => {
  expect(Buffer.from(key.replace(/^r1-/, ""), "base64url")).toHaveLength(32);
  expect(newApiKey()).not.toBe(key);
  expect(hashOfKey(key)).not.toContain(key.slice(3));
});

test("a program with the key passes", () => {
  expect(ask([...host, ...bearer, ...json])).toEqual({ origin: null });
  expect(ask(["HOST", "LOCALHOST:8321", ...bearer], "GET")).toEqual({ origin: null });
  expect(ask(["host", "[::1]:8321", ...bearer], "GET")).toEqual({ origin: null });
  expect(ask([...host, ...bearer, "Content-Type", "application/json; charset=UTF-8"])).toEqual({ origin: null });
});

describe("421 before anything else", () => {
  test.each([
    ["none", []],
    ["another one", ["Host", "evil.example:8321"]],
    ["one that begins like ours", ["Host", "localhost.evil.example:8321"]],
    ["one that ends like ours", ["Host", "evil-localhost:8321"]],
    ["any address", ["Host", "0.0.0.0:8321"]],
    ["a list", ["Host", "127.0.0.1:8321, evil.example"]],
    ["another port", ["Host", "127.0.0.1:80"]],
    ["no port", ["Host", "127.0.0.1"]],
    ["an empty one", ["Host", ""]],
    ["two", [...host, "host", "evil.example"]],
    ["two that are the same", [...host, ...host]],
    ["with a name before it", ["Host", "evil@127.0.0.1:8321"]],
  ])("host: %s", (_name, headers) => {
    expect(ask([...headers, ...bearer, ...json])).toBe(421);
    expect(ask([...headers, "Origin", "null"], "OPTIONS")).toBe(421);
  });
});

describe("403 for web pages, with the key or without", () => {
  test.each([
    ["an origin", ["Origin", "https://evil.example"]],
    ["null", ["Origin", "null"]],
    ["an empty one", ["Origin", ""]],
    ["ours, spelled differently", ["Origin", "https://chat.example/"]],
    ["two", ["Origin", "https://chat.example", "Origin", "https://chat.example"]],
    ["another site", ["Sec-Fetch-Site", "cross-site"]],
    ["the same site", ["Sec-Fetch-Site", "same-site"]],
    ["two sites", ["Sec-Fetch-Site", "none", "Sec-Fetch-Site", "none"]],
  ])("%s", (_name, headers) => {
    expect(ask([...host, ...headers, ...bearer, ...json])).toBe(403);
    expect(ask([...host, ...headers], "GET")).toBe(403);
    expect(ask([...host, ...headers, "Access-Control-Request-Private-Network", "true"], "OPTIONS")).toBe(403);
  });

  test("but not for one that is allowed", () => {
    const page = ["Origin", "https://chat.example", "Sec-Fetch-Site", "cross-site"];
    expect(ask([...host, ...page], "OPTIONS")).toEqual({ origin: "https://chat.example" });
    expect(ask([...host, ...page, ...bearer, ...json])).toEqual({ origin: "https://chat.example" });
    expect(ask([...host, ...page, ...json])).toBe(401);
  });
});

test.each([
  ["text", ["Content-Type", "text/plain"]],
  ["a form", ["Content-Type", "application/x-www-form-urlencoded"]],
  ["nothing", []],
  ["two", [...json, ...json]],
  ["another charset", ["Content-Type", "application/json; charset=utf-16"]],
  ["JSON with something behind", ["Content-Type", "application/json, text/plain"]],
  ["compressed", [...json, "Content-Encoding", "gzip"]],
])("415 for a body that is %s", (_name, headers) => {
  expect(ask([...host, ...headers, ...bearer])).toBe(415);
});

test("413 for a body that says it is too large", () => {
  expect(ask([...host, ...bearer, ...json, "Content-Length", String(4 * 1024 * 1024)])).toEqual({ origin: null });
  expect(ask([...host, ...bearer, ...json, "Content-Length", String(4 * 1024 * 1024 + 1)])).toBe(413);
});

test.each([
  ["none", []],
  ["an empty one", ["Authorization", ""]],
  ["no scheme", ["Authorization", key]],
  ["a scheme in small letters", ["Authorization", `bearer ${key}`]],
  ["another scheme", ["Authorization", `Basic ${key}`]],
  ["a shorter one", ["Authorization", `Bearer ${key.slice(0, -1)}`]],
  ["a longer one", ["Authorization", `Bearer ${key}x`]],
  ["its hash", ["Authorization", `Bearer ${hashOfKey(key)}`]],
  ["two", [...bearer, ...bearer]],
  ["another header", ["x-api-key", key]],
  ["a cookie", ["Cookie", `key=${key}`]],
])("401 with a key that is wrong: %s", (_name, headers) => {
  expect(ask([...host, ...headers, ...json])).toBe(401);
  expect(ask([...host, ...headers], "GET")).toBe(401);
});

test("without a key of its own, nobody passes", () => {
  const none = { ...rules, keyHashes: [] };
  expect(() => guard({ method: "GET", rawHeaders: [...host, ...bearer], port: 8321 }, none)).toThrow();
});
