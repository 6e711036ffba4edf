import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from "node:http";

export interface HubFileOptions {
  sizeBytes: number;
  /** The same seed produces the same bytes. */
  seed?: number;
  /** What the API states; if omitted, the true hash; null: none. */
  sha256?: string | null;
  /** Its bytes, if generating them from the seed is too slow; requires `sha256`. */
  bytes?: (start: number, length: number, seed?: number) => Buffer;
}

/** What is wrong with one response of the file server. */
export interface Fault {
  /** Sent instead of the file. */
  status?: number;
  /** Added or replaced; an empty value removes the header. */
  headers?: Record<string, string>;
  /** Responds 200 with the whole file. */
  ignoreRange?: boolean;
  /** Closes the connection after this many bytes. */
  cutAfter?: number;
  /** Sends nothing more after this many bytes. */
  stallAfter?: number;
  /** Flips one bit at this position of the file. */
  flipAt?: number;
  /** Sent instead of the file. */
  body?: string;
  /** Sends more than was announced (chunked). */
  extraBytes?: number;
  /** Sends less than was announced (chunked). */
  missingBytes?: number;
  /** Sends the bytes of another file. */
  otherSeed?: number;
}

export interface FaultContext {
  /** The index of the file request, from 0. */
  request: number;
  path: string;
  start: number;
  end: number;
  sizeBytes: number;
}

/** In PEM format. */
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
    /** Handles a request to the hub itself. Returns false to leave it to the server. */
    intercept: (request: IncomingMessage, response: ServerResponse) => boolean;
    etag: string;
    /** If incremented, signed addresses handed out before are refused. */
    signature: number;
    /** For each connection; null: no limit. */
    bytesPerSecond: number | null;
    fileRequests: number;
    bytesSent: number;
    /** The number of plain requests while only encrypted ones are accepted. */
    unencrypted: number;
    requests: { server: "hub" | "cdn"; method: string; url: string; headers: IncomingHttpHeaders }[];
  };
  sha256(path: string): string | null;
  /** Closes all connections, as a server does with idle ones. */
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
  /** Its name in addresses. */
  host?: string;
  /** Of this machine; without it, 127.0.0.1. */
  listenOn?: string;
  /** Without it, any that are free. */
  ports?: { hub: number; cdn: number };
  /** Encrypted; the file server with its own identity or the hub's. */
  tls?: { hub: TlsIdentity; cdn?: TlsIdentity };
  /** How many bytes are written to a connection at once. */
  chunkBytes?: number;
}): Promise<HubServer>;
export function bytesOf(seed: number, start: number, length: number): Buffer;
export function sha256Of(seed: number, sizeBytes: number): string;
