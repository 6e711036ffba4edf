import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from "node:http";

export interface HubFileOptions {
  sizeBytes: number;
  /** The same seed gives the same bytes. */
  seed?: number;
  /** What the API states; left out: the true one; null: none. */
  sha256?: string | null;
  /** Its bytes, where making them from the seed is too slow; to be given with `sha256`. */
  bytes?: (start: number, length: number) => Buffer;
}

/** What one answer of the file server does wrong. */
export interface Fault {
  /** Answered instead, without the file. */
  status?: number;
  /** Set or replaced; an empty value removes. */
  headers?: Record<string, string>;
  /** 200 with the whole file. */
  ignoreRange?: boolean;
  /** The connection is cut after so many bytes. */
  cutAfter?: number;
  /** Nothing more is sent after so many bytes. */
  stallAfter?: number;
  /** One bit is wrong at this position of the file. */
  flipAt?: number;
  /** Sent instead of the file. */
  body?: string;
  /** More than was announced (chunked). */
  extraBytes?: number;
  /** Fewer than was announced (chunked). */
  missingBytes?: number;
  /** Bytes of another file. */
  otherSeed?: number;
}

export interface FaultContext {
  /** Counts the file requests from 0. */
  request: number;
  path: string;
  start: number;
  end: number;
  sizeBytes: number;
}

/** In PEM. */
export interface TlsIdentity {
  key: string;
  cert: string;
}

export interface HubServer {
  endpoint: string;
  cdnOrigin: string;
  repo: string;
  state: {
    files: Map<string, HubFileOptions>;
    commit: string;
    fault: (context: FaultContext) => Fault | null;
    /** Answers a request of the hub itself; false: as usual. */
    intercept: (request: IncomingMessage, response: ServerResponse) => boolean;
    etag: string;
    /** Raised, signed addresses handed out before are refused. */
    signature: number;
    /** Of each connection; null: no limit. */
    bytesPerSecond: number | null;
    fileRequests: number;
    bytesSent: number;
    /** Plain requests where only encrypted ones are answered. */
    unencrypted: number;
    requests: { server: "hub" | "cdn"; method: string; url: string; headers: IncomingHttpHeaders }[];
  };
  sha256(path: string): string | null;
  /** Closes all connections, as a server does with those that stay silent. */
  cutConnections(): void;
  close(): Promise<void>;
}

export function startHubServer(options: {
  files: Record<string, HubFileOptions>;
  repo?: string;
  commit?: string;
  gated?: boolean;
  token?: string;
  pageEntries?: number;
  bytesPerSecond?: number;
  /** Its name in addresses; it listens on 127.0.0.1 in any case. */
  host?: string;
  /** Encrypted; the file server with an identity of its own, or with the hub's. */
  tls?: { hub: TlsIdentity; cdn?: TlsIdentity };
  /** How much is handed to a connection at once. */
  chunkBytes?: number;
}): Promise<HubServer>;
export function bytesOf(seed: number, start: number, length: number): Buffer;
export function sha256Of(seed: number, sizeBytes: number): string;
