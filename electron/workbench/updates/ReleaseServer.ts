import { WorkbenchError } from "../../contract/errors.ts";
import type { ConnectionReason } from "../../contract/network.ts";
import { type Answer, Connections } from "../network/Connections.ts";
import { isCertificateCode } from "../network/isCertificateCode.ts";
import type { NetworkAccess } from "../network/NetworkAccess.ts";
import type { ResolveProxy } from "../network/proxyAddress.ts";
import { systemCode } from "../systemCode.ts";
import type { PartialFile } from "./PartialFile.ts";
import { type ReleaseDocument, type ReleaseFile, readReleaseDocument } from "./releaseDocument.ts";
import { fileHosts, type UpdateSource } from "./UpdateSource.ts";

export interface ReleaseServerOptions {
  source: UpdateSource;
  network: NetworkAccess;
  reason: ConnectionReason;
  resolveProxy?: ResolveProxy | undefined;
  /** For tests: how long the description may take, and how long a file may send nothing, in ms. */
  waits?: { documentMs: number; silenceMs: number } | undefined;
}

const usualWaits = { documentMs: 30_000, silenceMs: 60_000 };
const maxDocumentBytes = 300_000;
const maxRedirects = 5;
/** The same for everyone: neither a version nor a system. */
const headers = { "user-agent": "r1-workbench", accept: "*/*", "accept-encoding": "identity" };

/**
 * The server that has the releases. Whatever it sends is taken for hostile: only the source's hosts are asked, encrypted;
 * each answer is bounded in size and time; and nothing counts that is not signed.
 */
export class ReleaseServer {
  readonly #options: ReleaseServerOptions;
  readonly #home: URL;
  readonly #connections: Connections;
  readonly #waits: typeof usualWaits;

  constructor(options: ReleaseServerOptions) {
    this.#options = options;
    this.#home = new URL(options.source.releases);
    this.#connections = new Connections({ ...options, trustedHost: this.#home.hostname });
    this.#waits = options.waits ?? usualWaits;
  }

  /** Resolves with the description of the newest release. Rejects with a coded error. */
  async newest(signal: AbortSignal): Promise<ReleaseDocument> {
    const late = AbortSignal.timeout(this.#waits.documentMs);
    const { source } = this.#options;
    const text = await this.#coded(signal, late, async (either) => {
      const { body } = await this.#open(`${source.releases}/latest/download/update.json`, either);
      const chunks: Buffer[] = [];
      let bytes = 0;
      for await (const chunk of body as AsyncIterable<Buffer>) {
        bytes += chunk.length;
        if (bytes > maxDocumentBytes) throw new WorkbenchError("update-refused", { case: "tooLarge" });
        chunks.push(chunk);
      }
      return Buffer.concat(chunks).toString("utf8");
    });
    return readReleaseDocument(text, source);
  }

  /**
   * Fetches what is missing of a file of a release, and resolves once its size and SHA-512 are right. Rejects with a coded
   * error. What has arrived by then can be continued, unless it was refused.
   */
  async fetch(
    version: string,
    file: ReleaseFile,
    partial: PartialFile,
    signal: AbortSignal,
    onBytes: () => void,
  ): Promise<void> {
    const silent = new AbortController();
    let timer: NodeJS.Timeout | undefined;
    const listen = (): void => {
      clearTimeout(timer);
      timer = setTimeout(() => silent.abort(), this.#waits.silenceMs);
    };
    try {
      const isMissing = partial.received < file.sizeBytes;
      // A server refuses to send what comes after the last byte.
      if (isMissing)
        await this.#coded(signal, silent.signal, async (either) => {
          listen();
          const address = `${this.#options.source.releases}/download/v${version}/${file.name}`;
          const { statusCode, headers: said, body } = await this.#open(address, either, partial.received);
          const range = said["content-range"];
          const continues = typeof range === "string" && range.startsWith(`bytes ${partial.received}-`);
          if (statusCode !== 206 || !continues) await partial.restart();
          for await (const chunk of body as AsyncIterable<Buffer>) {
            listen();
            if (partial.received + chunk.length > file.sizeBytes) {
              throw new WorkbenchError("update-refused", { case: "tooLarge" });
            }
            await partial.add(chunk);
            onBytes();
          }
        });
      if ((await partial.digest()) !== file.sha512) throw new WorkbenchError("update-refused", { case: "mismatch" });
    } finally {
      clearTimeout(timer);
    }
  }

  async close(): Promise<void> {
    await this.#connections.close();
  }

  /** Follows redirects, as far as they stay with the source's hosts, and resolves with a successful response. */
  async #open(start: string, signal: AbortSignal, from = 0): Promise<Answer> {
    let url = new URL(start);
    const range = from === 0 ? {} : { range: `bytes=${from}-` };
    for (let redirects = 0; redirects <= maxRedirects; redirects++) {
      this.#refuseOthers(url);
      const answer = await this.#connections.request({ url, headers: { ...headers, ...range }, signal });
      const { statusCode: status, headers: said, body } = answer;
      if (status === 200 || (status === 206 && from > 0)) {
        const encoding = said["content-encoding"];
        if (encoding === undefined || encoding === "identity") return answer;
        body.destroy();
        throw new WorkbenchError("update-refused", { case: "invalid" }, "an encoded answer");
      }
      body.destroy();
      const location = said["location"];
      if (status < 300 || status > 399 || status === 304) {
        throw new WorkbenchError("update-unreachable", { case: "status", host: url.host, status });
      }
      if (typeof location !== "string" || !URL.canParse(location, url.href)) break;
      url = new URL(location, url);
    }
    throw new WorkbenchError("update-refused", { case: "redirected", host: url.host });
  }

  #refuseOthers(url: URL): void {
    const isHome = url.origin === this.#home.origin;
    const isFileHost = url.protocol === "https:" && fileHosts(this.#options.source).includes(url.host);
    if ((isHome || isFileHost) && url.username === "" && url.password === "") return;
    throw new WorkbenchError("update-refused", { case: "redirected", host: url.host.slice(0, 300) || url.protocol });
  }

  /** Rejects with a coded error, or with the reason of `signal`. `late` means that the server took too long. */
  async #coded<Result>(
    signal: AbortSignal,
    late: AbortSignal,
    work: (either: AbortSignal) => Promise<Result>,
  ): Promise<Result> {
    const { host } = this.#home;
    try {
      return await work(AbortSignal.any([signal, late]));
    } catch (error) {
      signal.throwIfAborted();
      if (late.aborted) throw new WorkbenchError("update-unreachable", { case: "late", host });
      if (error instanceof WorkbenchError) throw error;
      const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
      if (cause instanceof WorkbenchError) throw cause;
      const code = systemCode(cause) || systemCode(error);
      // The disk's, not the server's.
      if (["ENOSPC", "EDQUOT", "EACCES", "EROFS", "EIO"].includes(code)) throw error;
      throw new WorkbenchError(
        "update-unreachable",
        { case: isCertificateCode(code) ? "notTrusted" : "noAnswer", host },
        `${code} ${cause instanceof Error ? cause.message : String(cause)}`.trim().slice(0, 300),
      );
    }
  }
}
