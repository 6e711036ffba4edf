import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { text } from "node:stream/consumers";
import { gzipSync } from "node:zlib";
import { describe, expect, it, onTestFinished } from "vitest";
import { HubClient } from "../../../electron/workbench/hub/HubClient.ts";
import { hubEndpoint } from "../../../electron/workbench/hub/hubEndpoint.ts";
import {
  checkedPath,
  checkedRepo,
  partPaths,
  quantizationOf,
  withoutQuantization,
} from "../../../electron/workbench/hub/hubPaths.ts";
import { problemOfStatus, retryAfter } from "../../../electron/workbench/hub/hubProblem.ts";
import { HubTransport } from "../../../electron/workbench/hub/HubTransport.ts";
import { isPrivateAddress } from "../../../electron/workbench/network/privateAddress.ts";
import { proxyAddress, proxyFromPac } from "../../../electron/workbench/network/proxyAddress.ts";
import { readHubQuery } from "../../../electron/workbench/hub/readHubQuery.ts";
import { listenOnLoopback } from "../../support/listenOnLoopback.ts";
import { forTest } from "../../support/testNetwork.ts";

type Answer = (request: IncomingMessage, response: ServerResponse) => void;

async function serve(answer: Answer): Promise<string> {
  return `http://127.0.0.1:${await listenOnLoopback(createServer(answer))}`;
}

function open(endpoint: string, token: string | null = null): HubTransport {
  const transport = new HubTransport({ endpoint, token, ...forTest() });
  onTestFinished(() => transport.close());
  return transport;
}

const jsonAnswer =
  (body: string | Buffer, headers: Record<string, string> = {}): Answer =>
  (_request, response) => {
    response.writeHead(200, { "content-type": "application/json", ...headers }).end(body);
  };

describe("redirects", () => {
  it.each([
    ["to a file", "file:///etc/passwd"],
    ["to this machine by another name", "http://localhost:1/x"],
    ["to plain http elsewhere", "http://example.org/x"],
    ["to a private address", "https://192.168.1.1/x"],
    ["to the cloud's metadata", "https://169.254.169.254/latest"],
    ["to a mapped private address", "https://[::ffff:10.0.0.1]/x"],
    ["to a number that is an address", "https://167772161/x"],
    ["with a user name", "https://huggingface.co@example.org/x"],
  ])("%s are refused", async (_title, location) => {
    const endpoint = await serve((_request, response) => response.writeHead(302, { location }).end());
    await expect(open(endpoint).open({ url: `${endpoint}/x` })).rejects.toMatchObject({ code: "hub-redirect-refused" });
  });

  it("that never end are refused", async () => {
    let count = 0;
    const endpoint = await serve((_request, response) => response.writeHead(302, { location: `/${count++}` }).end());
    await expect(open(endpoint).open({ url: `${endpoint}/x` })).rejects.toMatchObject({ code: "hub-redirect-refused" });
    expect(count).toBeLessThanOrEqual(6);
  });

  it("do not pass on the token, not even when they return to the hub", async () => {
    const seen: (string | undefined)[] = [];
    let elsewhere = "";
    const endpoint = await serve((request, response) => {
      seen.push(request.headers.authorization);
      if (request.url === "/x") response.writeHead(302, { location: `${elsewhere}/y` }).end();
      else response.end("done");
    });
    elsewhere = await serve((request, response) => {
      seen.push(request.headers.authorization);
      response.writeHead(302, { location: `${endpoint}/z` }).end();
    });
    const { status, body } = await open(endpoint, "canary").openGood({ url: `${endpoint}/x` });
    expect(status).toBe(200);
    expect(await text(body)).toBe("done");
    expect(seen).toEqual(["Bearer canary", undefined, undefined]);
  });
});

describe("invalid responses", () => {
  const search = async (answer: Answer) => await new HubClient(open(await serve(answer))).search("x");
  it.each<[string, Answer]>([
    ["a sign-in page", (_request, response) => response.writeHead(200, { "content-type": "text/html" }).end("<html>")],
    ["half a list", jsonAnswer('[{"id": "a/b"')],
    ["no list", jsonAnswer('{"error": 1}')],
    ["deep nesting", jsonAnswer("[".repeat(100_000) + "]".repeat(100_000))],
    ["a gzip bomb", jsonAnswer(gzipSync(Buffer.alloc(200_000_000, " ")), { "content-encoding": "gzip" })],
    ["an unknown encoding", jsonAnswer("[]", { "content-encoding": "br" })],
    [
      "a list without end",
      (_request, response) => {
        response.writeHead(200, { "content-type": "application/json" });
        const more = (): void => {
          while (response.write(" ".repeat(65_536)));
          response.once("drain", more);
        };
        response.on("error", () => undefined);
        more();
      },
    ],
  ])("%s", async (_title, answer) => {
    const began = performance.now();
    await expect(search(answer)).rejects.toMatchObject({ code: "hub-answer-invalid" });
    expect(performance.now() - began).toBeLessThan(10_000);
  });

  it("invalid entries affect only themselves", async () => {
    const found = await search(jsonAnswer(JSON.stringify([{ id: "../x" }, 7, { id: "a/b", downloads: "many" }])));
    expect(found).toEqual([{ repo: "a/b", downloads: null, likes: null, updatedAt: null, gated: false }]);
  });

  it("a file said to be larger than any disk is not listed", async () => {
    const endpoint = await serve((request, response) => {
      const files = [1000, Number.MAX_SAFE_INTEGER].map((size) => ({ type: "file", path: `${size}.gguf`, size }));
      const body = request.url?.includes("/tree/") === true ? files : { sha: "a".repeat(40) };
      jsonAnswer(JSON.stringify(body))(request, response);
    });
    const { models } = await new HubClient(open(endpoint)).listing("a/b", "main");
    expect(models.map(({ name }) => name)).toEqual(["1000"]);
  });

  it("a list of files that never ends, or continues elsewhere, is refused", async () => {
    for (const link of ['<?cursor=1>; rel="next"', '<http://example.org/api/models/a/b/tree/main>; rel="next"']) {
      const endpoint = await serve((request, response) => {
        const body = request.url?.includes("/tree/") === true ? [] : { sha: "a".repeat(40) };
        jsonAnswer(JSON.stringify(body), { link })(request, response);
      });
      await expect(new HubClient(open(endpoint)).listing("a/b", "main")).rejects.toMatchObject({
        code: "hub-answer-invalid",
      });
    }
  });
});

it.each([
  [401, "GatedRepo", false, "hub-gated"],
  [403, "GatedRepo", true, "hub-gated"],
  [401, undefined, true, "hub-token-refused"],
  [401, "RepoNotFound", false, "hub-not-found"],
  [404, "EntryNotFound", false, "hub-not-found"],
  [429, undefined, false, "hub-busy"],
  [503, undefined, false, "hub-busy"],
  [407, undefined, false, "proxy-failed"],
  [418, undefined, false, "hub-refused"],
])("HTTP %i with %s means %s %s", (status, said, sentToken, code) => {
  expect(problemOfStatus(status, (name) => (name === "x-error-code" ? said : undefined), sentToken).code).toBe(code);
});

it("Retry-After is read in both formats and capped", () => {
  const now = Date.parse("2026-01-01T00:00:00Z");
  expect(retryAfter("7", now)).toBe(7000);
  expect(retryAfter("Thu, 01 Jan 2026 00:00:30 GMT", now)).toBe(30_000);
  expect(retryAfter("999999", now)).toBe(600_000);
  expect(retryAfter("soon", now)).toBeNull();
  expect(retryAfter(undefined)).toBeNull();
});

it("the hub's address is checked", () => {
  expect(hubEndpoint(null, {})).toEqual({ endpoint: "https://huggingface.co", endpointFrom: "default" });
  expect(hubEndpoint(null, { HF_ENDPOINT: "http://mirror:8080/hf/" }).endpoint).toBe("http://mirror:8080/hf");
  expect(hubEndpoint("https://a.example", { HF_ENDPOINT: "http://b" }).endpointFrom).toBe("settings");
  for (const bad of ["", "mirror", "ftp://a", "https://a:b@c", "https://a?x=1", "file:///x"]) {
    expect(() => hubEndpoint(bad, {}), bad).toThrow(expect.objectContaining({ code: "hub-address-invalid" }));
  }
});

it.each(["../a", "a", "a/b/c", "/a/b", "a/..", "a\\b/c", "a/b\0", `a/${"b".repeat(200)}`, "a/.b"])(
  "%j is not a repository",
  (repo) => expect(() => checkedRepo(repo)).toThrow(expect.objectContaining({ code: "hub-not-found" })),
);

it.each(["../a", "a//b", "/a", "a/./b", "C:/a", "a\\b", "a\u202Eb", "a\0b", "x".repeat(1001)])(
  "%j is not a path",
  (path) => expect(() => checkedPath(path)).toThrow(expect.objectContaining({ code: "download-name-refused" })),
);

it("parts and quantizations are parsed from names", () => {
  expect(partPaths("q/a-00002-of-00003.gguf")).toEqual([1, 2, 3].map((part) => `q/a-0000${part}-of-00003.gguf`));
  expect(partPaths("a-00004-of-00003.gguf")).toBeNull();
  expect(partPaths("a.gguf")).toEqual(["a.gguf"]);
  expect(quantizationOf("DeepSeek-R1-UD-IQ1_S/DeepSeek-R1-UD-IQ1_S-00001-of-00003.gguf")).toBe("UD-IQ1_S");
  expect(quantizationOf("DeepSeek-R1-Distill-Qwen-7B-Q4_K_M.gguf")).toBe("Q4_K_M");
  expect(quantizationOf("model.gguf")).toBeNull();
});

it.each([
  ["DeepSeek-R1-Distill-Qwen-7B-Q4_K_M", "DeepSeek-R1-Distill-Qwen-7B"],
  ["DeepSeek-R1-UD-IQ1_S", "DeepSeek-R1"],
  ["some.model.i1-q4_k_m", "some.model.i1"],
  ["Some Model Q8_0", "Some Model Q8_0"],
  ["Some-Q8_0-Model", "Some-Q8_0-Model"],
  ["owner/Some-Model-F16", "owner/Some-Model"],
  ["Q4_K_M", "Q4_K_M"],
  ["BF16", "BF16"],
  ["model", "model"],
])("the model %j is shown as %j, because its quantization stands beside it", (name, shown) => {
  expect(withoutQuantization(name)).toBe(shown);
});

it("a name that states another quantization than the one beside it keeps it", () => {
  expect(withoutQuantization("Some-Model-UD-Q4_K_XL", "Q4_K_M")).toBe("Some-Model-UD-Q4_K_XL");
  expect(withoutQuantization("Some Model Q8_0", "Q8_0")).toBe("Some Model");
  expect(withoutQuantization("SomeModelQ8_0", "Q8_0")).toBe("SomeModelQ8_0");
});

it("private addresses are distinguished from public ones", () => {
  for (const address of ["127.0.0.1", "10.1.2.3", "172.31.0.1", "169.254.1.1", "[::1]", "fd00::1", "::ffff:7f00:1"]) {
    expect(isPrivateAddress(address), address).toBe(true);
  }
  for (const address of ["8.8.8.8", "172.32.0.1", "2606:4700::1", "example.org"]) {
    expect(isPrivateAddress(address), address).toBe(false);
  }
});

it("proxies come from the environment, then from the system", async () => {
  const url = new URL("https://huggingface.co/x");
  const system = () => Promise.resolve("PROXY system:3128; DIRECT");
  expect(await proxyAddress(url, system, {})).toBe("http://system:3128");
  expect(await proxyAddress(url, system, { HTTPS_PROXY: "proxy:8080" })).toBe("http://proxy:8080");
  expect(await proxyAddress(url, system, { https_proxy: "http://p:1", NO_PROXY: "other, .huggingface.co" })).toBeNull();
  expect(await proxyAddress(url, system, { https_proxy: "http://p:1", NO_PROXY: "huggingface.co:8443" })).toBe(
    "http://p:1",
  );
  expect(proxyFromPac("DIRECT")).toBeNull();
  expect(proxyFromPac("SOCKS5 s:1080; DIRECT")).toBe("socks5://s:1080");
  expect(proxyFromPac("garbage; ; PROXY")).toBeNull();
});

it("a socks proxy is reported as not supported", async () => {
  const transport = new HubTransport({
    endpoint: "https://huggingface.co",
    token: null,
    ...forTest(),
    resolveProxy: () => Promise.resolve("SOCKS5 s:1080"),
  });
  await expect(transport.open({ url: "https://huggingface.co/x" })).rejects.toMatchObject({ code: "proxy-failed" });
});

it.each([
  ["deepseek r1", { kind: "words", words: "deepseek r1" }],
  ["owner/name", { kind: "repo", repo: "owner/name", revision: "main" }],
  ["https://huggingface.co/owner/name", { kind: "repo", repo: "owner/name", revision: "main" }],
  ["hf.co/owner/name:Q4_K_M", { kind: "repo", repo: "owner/name", revision: "main" }],
  ["https://hf.co/owner/name/tree/dev", { kind: "repo", repo: "owner/name", revision: "dev" }],
  [
    "https://huggingface.co/owner/name/blob/main/q/a.gguf?download=true",
    { kind: "file", file: { repo: "owner/name", revision: "main", path: "q/a.gguf" } },
  ],
  ["hf:owner/name/a.gguf@v1", { kind: "file", file: { repo: "owner/name", revision: "v1", path: "a.gguf" } }],
  ["http://mirror:1/hf/owner/name", { kind: "repo", repo: "owner/name", revision: "main" }],
  ["https://huggingface.co/owner/name/resolve/main/..%2f..%2fetc.gguf", { kind: "words" }],
  ["https://evil.example/owner/name", { kind: "words" }],
  ["hf:../../etc", { kind: "words" }],
  ["", { kind: "words", words: "" }],
])("%j is parsed", (text, query) => {
  expect(readHubQuery(text, "http://mirror:1/hf")).toMatchObject(query);
});
