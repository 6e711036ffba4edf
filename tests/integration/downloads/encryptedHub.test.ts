import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { connect } from "node:net";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { createIdentity, type IdentityOptions } from "../../support/hub/createIdentity.ts";
import type { HubServer } from "../../support/hub/hubServer.mjs";
import { temporaryFolder } from "../../support/temporaryFolder.ts";
import { openHub } from "./openDownloads.ts";
import { listenOnLoopback } from "../../support/listenOnLoopback.ts";

const entry = fileURLToPath(new URL("../../../out/cli/r1.js", import.meta.url));
const name = "model-Q4_K_M.gguf";
const sizeBytes = 20_000_003;
const token = "hf_canary_that_nobody_else_may_see";
const authority = createIdentity({ name: "Test Authority" });
const files = { [name]: { sizeBytes, seed: 7 } };

const openEncrypted = (identity: Omit<IdentityOptions, "name">, host = "127.0.0.1"): Promise<HubServer> =>
  openHub(files, { host, tls: { hub: createIdentity({ name: host, ...identity }) }, gated: true, token });

/** Runs `r1 download` on a machine that trusts the test's authority, in an environment with only these proxies. */
async function download(hub: HubServer, proxies: Record<string, string> = {}) {
  const home = await temporaryFolder();
  const trusted = join(home, "authority.pem");
  writeFileSync(trusted, authority.cert);
  const env = Object.fromEntries(Object.entries(process.env).filter(([key]) => !/_proxy$/i.test(key)));
  const child = spawn(process.execPath, [entry, "download", hub.repo, name, "--json"], {
    env: {
      ...env,
      ...proxies,
      R1_WORKBENCH_HOME: home,
      HF_ENDPOINT: hub.endpoint,
      HF_TOKEN: token,
      NODE_EXTRA_CA_CERTS: trusted,
    },
    stdio: ["ignore", "pipe", "inherit"],
  });
  const [said, [status]] = await Promise.all([text(child.stdout), once(child, "exit") as Promise<[number | null]>]);
  const path = join(home, "models", "owner", "model-GGUF", name);
  return { status, path, told: JSON.parse(said) as unknown };
}

/** A proxy that tunnels, is the only one to know the hub's name, and records everything that passes through it. */
async function openTunnel(refusal?: string) {
  const asked: string[] = [];
  const headers: string[] = [];
  const seen: Buffer[] = [];
  const proxy = createServer((request, response) => {
    asked.push(`${request.method} ${request.url}`);
    response.writeHead(400).end();
  });
  proxy.on("connect", (request, client, head) => {
    asked.push(`CONNECT ${request.url}`);
    headers.push(JSON.stringify(request.rawHeaders));
    if (refusal !== undefined) {
      client.end(`HTTP/1.1 ${refusal}\r\ncontent-length: 0\r\n\r\n`);
      return;
    }
    const target = connect(Number(request.url?.split(":").at(-1)), "127.0.0.1", () => {
      client.write("HTTP/1.1 200 Connection Established\r\n\r\n");
      target.write(head);
      client.pipe(target).pipe(client);
    });
    client.on("data", (bytes: Buffer) => seen.push(bytes));
    target.on("data", (bytes: Buffer) => seen.push(bytes));
    for (const [one, other] of [
      [client, target],
      [target, client],
    ] as const) {
      one.on("error", () => other.destroy()).on("close", () => other.destroy());
    }
  });
  const port = await listenOnLoopback(proxy);
  return { url: `http://127.0.0.1:${port}`, asked, headers, seen: () => Buffer.concat(seen) };
}

const origins = ({ endpoint, cdnOrigin }: HubServer): string[] =>
  [endpoint, cdnOrigin].map((origin) => `CONNECT ${new URL(origin).host}`);

describe("an encrypted hub behind a proxy", () => {
  it("is reached through a tunnel; the proxy learns two names and nothing else", async () => {
    const hub = await openEncrypted({ hosts: ["hub.test"], authority }, "hub.test");
    const tunnel = await openTunnel();
    const { status, told, path } = await download(hub, { HTTPS_PROXY: tunnel.url });
    expect(told).toEqual({ path, sizeBytes, sha256: hub.sha256(name) });
    expect(status).toBe(0);
    expect(new Set(tunnel.asked)).toEqual(new Set(origins(hub)));
    const passed = tunnel.seen();
    expect(passed.length).toBeGreaterThan(sizeBytes);
    for (const secret of [token, "authorization", "model-GGUF", "GGUF"]) {
      expect(passed.indexOf(secret), secret).toBe(-1);
      expect(tunnel.headers.join(), secret).not.toContain(secret);
    }
    expect(hub.state.requests[0]?.headers.authorization).toBe(`Bearer ${token}`);
  });

  it("is reached directly if NO_PROXY says so", async () => {
    const hub = await openEncrypted({ hosts: ["127.0.0.1"], authority });
    const tunnel = await openTunnel();
    const { told, path } = await download(hub, { HTTPS_PROXY: tunnel.url, NO_PROXY: "example.org,127.0.0.1" });
    expect(told).toEqual({ path, sizeBytes, sha256: hub.sha256(name) });
    expect(tunnel.asked).toEqual([]);
  });

  it.each([
    ["wants a password", "407 Proxy Authentication Required", "The proxy requires you to sign in."],
    ["refuses", "403 Forbidden", "The proxy did not let the request through."],
  ])("that %s is not bypassed", async (_title, refusal, message) => {
    const hub = await openEncrypted({ hosts: ["127.0.0.1"], authority });
    const tunnel = await openTunnel(refusal);
    const { status, told } = await download(hub, { HTTPS_PROXY: tunnel.url });
    expect(told).toMatchObject({ error: { code: "proxy-failed", message } });
    expect(status).toBe(1);
    expect(hub.state.requests).toEqual([]);
    expect(tunnel.headers.join()).not.toContain(token);
  });
});

describe("a hub whose certificate", () => {
  it.each<[string, Omit<IdentityOptions, "name">, string]>([
    ["signs itself", { hosts: ["127.0.0.1"] }, "its certificate is signed by an unknown authority"],
    [
      "is signed by somebody unknown",
      { hosts: ["127.0.0.1"], authority: createIdentity({ name: "Another Authority" }) },
      "its certificate is signed by an unknown authority",
    ],
    [
      "has expired",
      { hosts: ["127.0.0.1"], authority, validFromDay: -20, validToDay: -1 },
      "its certificate has expired",
    ],
    [
      "is not valid yet",
      { hosts: ["127.0.0.1"], authority, validFromDay: 1, validToDay: 20 },
      "its certificate is not valid yet",
    ],
    ["is for another host", { hosts: ["proxy.test"], authority }, "its certificate is for another host"],
  ])("%s is sent nothing, and the user is told why", async (_title, identity, why) => {
    const hub = await openEncrypted(identity);
    const { status, told, path } = await download(hub);
    const message = `The connection to ${new URL(hub.endpoint).host} is not secure: ${why}.`;
    expect(told).toMatchObject({ error: { code: "hub-not-trusted", message } });
    expect(status).toBe(1);
    expect(hub.state.requests).toEqual([]);
    expect(hub.state.unencrypted).toBe(0);
    expect(existsSync(path)).toBe(false);
  });

  it("is valid and redirects to a server with an invalid one: that server is not asked for a byte", async () => {
    const hub = await openHub(files, {
      tls: {
        hub: createIdentity({ name: "hub", hosts: ["127.0.0.1"], authority }),
        cdn: createIdentity({ name: "cdn", hosts: ["127.0.0.1"] }),
      },
    });
    const { told } = await download(hub);
    const message = `The connection to ${new URL(hub.cdnOrigin).host} is not secure: its certificate is signed by an unknown authority.`;
    expect(told).toMatchObject({ error: { code: "hub-not-trusted", message } });
    expect(hub.state.fileRequests).toBe(0);
    expect(hub.state.unencrypted).toBe(0);
  });
});
