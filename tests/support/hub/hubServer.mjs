// A hub for tests and benchmarks: the shape of the real API, files generated from a seed, and faults on demand.
import { createCipheriv, createHash } from "node:crypto";
import { once } from "node:events";
import { createServer } from "node:http";
import { createServer as createTlsServer } from "node:https";
import { setTimeout as wait } from "node:timers/promises";

/** Returns bytes of a generated file: the GGUF magic, then a key stream that can be read from any position. */
export function bytesOf(seed, start, length) {
  const from = Math.floor(start / 16) * 16;
  const counter = Buffer.alloc(16);
  counter.writeBigUInt64BE(BigInt(from / 16), 8);
  const key = createHash("sha256").update(`seed ${seed}`).digest().subarray(0, 16);
  const bytes = createCipheriv("aes-128-ctr", key, counter)
    .update(Buffer.alloc(start - from + length))
    .subarray(start - from);
  const magic = Buffer.from("GGUF");
  if (start < magic.length) magic.copy(bytes, 0, start, Math.min(magic.length, start + length));
  return bytes;
}

export function sha256Of(seed, sizeBytes) {
  const hash = createHash("sha256");
  for (let at = 0; at < sizeBytes; at += 1 << 20) hash.update(bytesOf(seed, at, Math.min(1 << 20, sizeBytes - at)));
  return hash.digest("hex");
}

/** Resolves when a response accepts more data, or never will. */
function writable(response) {
  return new Promise((resolve) => {
    const settle = () => {
      response.off("drain", settle).off("close", settle);
      resolve(undefined);
    };
    response.on("drain", settle).on("close", settle);
  });
}

/** See hubServer.d.mts for options, faults and state. */
export async function startHubServer(options) {
  const { repo = "owner/model-GGUF", pageEntries = 2, chunkBytes = 64 * 1024, host = "127.0.0.1", tls } = options;
  const { ports = { hub: 0, cdn: 0 }, listenOn = "127.0.0.1" } = options;
  const scheme = tls === undefined ? "http" : "https";
  const state = {
    files: new Map(Object.entries(options.files)),
    commit: options.commit ?? "0123456789abcdef0123456789abcdef01234567",
    fault: () => null,
    /** @type {(request: import("node:http").IncomingMessage, response: import("node:http").ServerResponse) => boolean} */
    intercept: () => false,
    etag: '"version-1"',
    signature: 1,
    bytesPerSecond: options.bytesPerSecond ?? null,
    fileRequests: 0,
    bytesSent: 0,
    unencrypted: 0,
    /** @type {{ server: "hub" | "cdn", method: string, url: string, headers: import("node:http").IncomingHttpHeaders }[]} */
    requests: [],
  };
  /** @type {Map<string, string>} */
  const hashes = new Map();
  const hashOf = (name) => {
    const { seed = 1, sizeBytes, sha256 } = state.files.get(name);
    if (sha256 !== undefined) return sha256;
    const key = `${seed}/${sizeBytes}`;
    if (!hashes.has(key)) hashes.set(key, sha256Of(seed, sizeBytes));
    return hashes.get(key);
  };
  const json = (response, value, headers = {}) => {
    response.writeHead(200, { "content-type": "application/json; charset=utf-8", ...headers });
    response.end(JSON.stringify(value));
  };

  /** Encrypted if an identity is given. */
  function serve(identity, listener) {
    if (identity === undefined) return createServer(listener);
    return createTlsServer({ key: identity.key, cert: identity.cert }, listener).on("tlsClientError", (error) => {
      if ("code" in error && error.code === "ERR_SSL_HTTP_REQUEST") state.unencrypted++;
    });
  }

  const cdn = serve(tls?.cdn ?? tls?.hub, (request, response) => {
    state.requests.push({ server: "cdn", method: request.method, url: request.url, headers: request.headers });
    response.on("error", () => {});
    void serveFile(request, response).catch(() => response.destroy());
  });

  async function serveFile(request, response) {
    const url = new URL(request.url, "http://cdn");
    const name = decodeURIComponent(url.pathname.slice(1));
    const file = state.files.get(name);
    if (file === undefined) return response.writeHead(404).end();
    if (url.searchParams.get("signature") !== String(state.signature)) return response.writeHead(403).end("expired");
    const { sizeBytes, seed = 1, bytes: bytesAt = (at, length, wanted) => bytesOf(wanted, at, length) } = file;
    const range = /^bytes=(\d+)-(\d*)$/.exec(request.headers.range ?? "");
    const sameVersion = request.headers["if-range"] === undefined || request.headers["if-range"] === state.etag;
    let start = 0;
    let end = sizeBytes - 1;
    let partial = range !== null && sameVersion;
    if (partial) {
      start = Number(range[1]);
      end = range[2] === "" ? end : Math.min(Number(range[2]), end);
      if (start >= sizeBytes) return response.writeHead(416, { "content-range": `bytes */${sizeBytes}` }).end();
    }
    const fault = state.fault({ request: state.fileRequests++, path: name, start, end, sizeBytes }) ?? {};
    if (fault.ignoreRange) {
      partial = false;
      start = 0;
      end = sizeBytes - 1;
    }
    if (fault.status !== undefined) return response.writeHead(fault.status, fault.headers ?? {}).end(fault.body ?? "");
    const headers = {
      "content-type": "application/octet-stream",
      "accept-ranges": "bytes",
      etag: state.etag,
      "content-length": String(fault.body === undefined ? end - start + 1 : Buffer.byteLength(fault.body)),
      ...(partial ? { "content-range": `bytes ${start}-${end}/${sizeBytes}` } : {}),
      ...fault.headers,
    };
    if (fault.extraBytes !== undefined || fault.missingBytes !== undefined) delete headers["content-length"];
    for (const [key, value] of Object.entries(headers)) if (value === "") delete headers[key];
    response.writeHead(partial ? 206 : 200, headers);
    if (request.method === "HEAD") return response.end();
    if (fault.body !== undefined) return response.end(fault.body);
    const last = end + (fault.extraBytes ?? 0) - (fault.missingBytes ?? 0);
    let sent = 0;
    const began = performance.now();
    for (let at = start; at <= last && !response.destroyed; at += chunkBytes) {
      const bytes = bytesAt(at, Math.min(chunkBytes, last - at + 1), fault.otherSeed ?? seed);
      if (fault.flipAt !== undefined && fault.flipAt >= at && fault.flipAt < at + bytes.length)
        bytes[fault.flipAt - at] ^= 1;
      if (fault.cutAfter !== undefined && sent + bytes.length > fault.cutAfter) {
        response.write(bytes.subarray(0, fault.cutAfter - sent));
        await wait(20);
        return response.destroy();
      }
      if (fault.stallAfter !== undefined && sent + bytes.length > fault.stallAfter) return;
      sent += bytes.length;
      state.bytesSent += bytes.length;
      if (!response.write(bytes)) await writable(response);
      if (state.bytesPerSecond !== null) {
        const aheadMs = (sent / state.bytesPerSecond) * 1000 - (performance.now() - began);
        if (aheadMs > 2) await wait(aheadMs);
      }
    }
    response.end();
  }

  const hub = serve(tls?.hub, (request, response) => {
    state.requests.push({ server: "hub", method: request.method, url: request.url, headers: request.headers });
    if (state.intercept(request, response)) return;
    const url = new URL(request.url, "http://hub");
    const path = decodeURIComponent(url.pathname);
    if (options.gated && request.headers.authorization !== `Bearer ${options.token}`) {
      response
        .writeHead(request.headers.authorization === undefined ? 401 : 403, { "x-error-code": "GatedRepo" })
        .end();
      return;
    }
    if (path === "/api/models") {
      json(response, [{ id: repo, downloads: 12, likes: 3, lastModified: "2026-01-02T03:04:05.000Z", gated: false }]);
      return;
    }
    if (path.startsWith(`/api/models/${repo}/revision/`)) {
      json(response, { id: repo, sha: state.commit, gated: options.gated ?? false, cardData: { license: "mit" } });
      return;
    }
    if (path.startsWith(`/api/models/${repo}/tree/`)) {
      const names = [...state.files.keys()];
      const from = Number(url.searchParams.get("cursor") ?? 0);
      const next = from + pageEntries;
      url.searchParams.set("cursor", String(next));
      const link =
        next < names.length
          ? { link: `<${scheme}://${request.headers.host}${url.pathname}${url.search}>; rel="next"` }
          : {};
      const entries = names.slice(from, next).map((name) => {
        const { sizeBytes } = state.files.get(name);
        const oid = hashOf(name);
        return {
          type: "file",
          path: name,
          size: sizeBytes,
          oid: "a".repeat(40),
          ...(oid === null ? {} : { lfs: { oid, size: sizeBytes } }),
        };
      });
      json(response, entries, link);
      return;
    }
    const resolve = `/${repo}/resolve/${state.commit}/`;
    if (path.startsWith(resolve)) {
      const name = path.slice(resolve.length);
      const file = state.files.get(name);
      if (file === undefined) return response.writeHead(404, { "x-error-code": "EntryNotFound" }).end();
      const oid = hashOf(name);
      response.writeHead(302, {
        location: `${cdnOrigin}/${encodeURIComponent(name)}?signature=${state.signature}`,
        "x-repo-commit": state.commit,
        "x-linked-size": String(file.sizeBytes),
        ...(oid === null ? {} : { "x-linked-etag": `"${oid}"` }),
      });
      response.end();
      return;
    }
    response.writeHead(404, { "x-error-code": "RepoNotFound" }).end();
  });

  /** @param {import("node:http").Server} server @param {number} port */
  async function listen(server, port) {
    server.listen(port, listenOn);
    await once(server, "listening");
    const address = server.address();
    // Without the scheme's usual port.
    return new URL(`${scheme}://${host}:${typeof address === "object" && address !== null ? address.port : 0}`).origin;
  }
  const cdnOrigin = await listen(cdn, ports.cdn);
  const endpoint = await listen(hub, ports.hub);
  return {
    endpoint,
    cdnOrigin,
    repo,
    state,
    sha256: hashOf,
    cutConnections() {
      for (const server of [hub, cdn]) server.closeAllConnections();
    },
    async close() {
      for (const server of [hub, cdn]) {
        server.closeAllConnections();
        server.close();
        await once(server, "close");
      }
    },
  };
}
