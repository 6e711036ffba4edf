import { crc32 } from "node:zlib";
import { giveBack } from "../hub/hubConnector.ts";
import { HubFailure } from "../hub/HubFailure.ts";
import { problemOfError, problemOfStatus } from "../hub/hubProblem.ts";
import type { HubAnswer, HubTransport } from "../hub/HubTransport.ts";
import { blockBytes } from "./BlockMap.ts";
import { encodingFault, rangeFault, strongTag } from "./contentRange.ts";
import type { PartFile } from "./PartFile.ts";
import type { RateLimit } from "./RateLimit.ts";
import type { Span, SpanPlan } from "./SpanPlan.ts";

/** What all connections of one file share. */
export interface Source {
  transport: HubTransport;
  /** The hub's own address of the file, at the pinned commit. */
  url: string;
  /** Where it redirected to, while that address is good. */
  location: string | null;
  /** The strong tag of the first answer; every later one must bear it. */
  tag: string | null;
  /** False: the server sends whole files only. */
  sendsRanges: boolean;
  sha256: string | null;
}

export interface ConnectionOptions {
  source: Source;
  part: PartFile;
  plan: SpanPlan;
  limit: RateLimit;
  signal: AbortSignal;
  onReceived: (change: number) => void;
}

const writeBytes = 1024 * 1024;
/** On a slow line, what came is written after this time: progress shows only what is on the disk. */
const writeEveryMs = 500;
/** A connection that brings less in this time, or has brought nothing for so long, counts as dead. */
const stallMs = 30_000;
const stallBytes = 32 * 1024;
const ggufMagic = Buffer.from("GGUF");

/** The file on the hub is another one now: what is here must not be mixed with it. */
export class SourceChanged extends HubFailure {
  constructor(detail: string) {
    super("download-changed", undefined, { detail });
  }
}

/** Fetches one span: one request, written and receipted block by block. Keeps what came, however it ends. */
export async function fetchSpan(span: Span, options: ConnectionOptions): Promise<void> {
  const { source, part, plan, signal } = options;
  // Its blocks went to another connection before this one began.
  if (span.next >= span.end) return;
  await recheckFirst(span, options);
  const start = part.map.start(span.next) + part.map.block(span.next).received;
  const end = Math.min(part.map.sizeBytes, part.map.start(span.end));
  const stalled = new AbortController();
  const either = AbortSignal.any([signal, stalled.signal]);
  const writer = new SpanWriter(span, options, start);
  let watch: NodeJS.Timeout | undefined;
  try {
    const answer = await openRange(source, { start, end, sizeBytes: part.map.sizeBytes }, either);
    const host = new URL(answer.url).host;
    const onStall = (): void =>
      stalled.abort(new HubFailure("hub-unreachable", `${host} stopped sending.`, { transient: true }));
    watch = setInterval(() => writer.checkPace(onStall), 1000);
    // A whole file begins at its start; the bytes that are here already are passed over.
    writer.begin(answer.status === 206 ? start : 0);
    try {
      await answer.body.each((chunk) => {
        either.throwIfAborted();
        const turn = options.limit.take(chunk.length, either);
        return turn === null ? writer.accept(chunk) : turn.then(() => writer.accept(chunk));
      });
    } catch (error) {
      if (either.aborted) throw either.reason;
      throw isFileSystemError(error) ? error : problemOfError(error, host);
    } finally {
      answer.body.destroy();
    }
    either.throwIfAborted();
    if (!writer.isFull) {
      throw new HubFailure("hub-unreachable", `${host} ended the connection early.`, { transient: true });
    }
  } finally {
    clearInterval(watch);
    writer.flush();
    plan.announce();
  }
}

/** A block begun in an earlier run is read again before it is gone on with. */
async function recheckFirst(span: Span, { part, onReceived }: ConnectionOptions): Promise<void> {
  const block = part.map.block(span.next);
  if (block.checked || block.received === 0) return;
  if (!(await part.isAsReceived(span.next, Buffer.allocUnsafe(blockBytes)))) onReceived(part.forget(span.next));
}

async function openRange(
  source: Source,
  range: { start: number; end: number; sizeBytes: number },
  signal: AbortSignal,
): Promise<HubAnswer> {
  const headers: Record<string, string> = {
    "accept-encoding": "identity",
    range: `bytes=${range.start}-${range.end - 1}`,
    ...(source.tag === null ? {} : { "if-range": source.tag }),
  };
  const url = source.location ?? source.url;
  const answer = await source.transport.open({ url, headers, signal });
  try {
    checkIdentity(source, answer, range.sizeBytes);
    checkAnswer(source, answer, range);
  } catch (error) {
    answer.body.destroy();
    // A signed address runs out; the hub gives another.
    const ranOut = answer.status === 401 || answer.status === 403 || answer.status === 404 || answer.status === 410;
    const elsewhere = source.location !== null || answer.hops.length > 1;
    if (!ranOut || !elsewhere) throw error;
    if (source.location === null) {
      throw new HubFailure("hub-refused", undefined, {
        transient: true,
        detail: `HTTP ${answer.status} from ${answer.url.slice(0, 200)}`,
      });
    }
    source.location = null;
    return await openRange(source, range, signal);
  }
  source.location = answer.hops.length > 1 ? answer.url : source.location;
  source.tag ??= strongTag(answer);
  return answer;
}

/** The hub says on its own answer, the first hop, which file this is. */
function checkIdentity(source: Source, { hops }: HubAnswer, sizeBytes: number): void {
  const [first] = hops;
  const size = first?.header("x-linked-size");
  if (size !== undefined && Number(size) !== sizeBytes) throw new SourceChanged(`size ${size}`);
  const hash = first
    ?.header("x-linked-etag")
    ?.replaceAll(/^W\/|"/g, "")
    .toLowerCase();
  if (hash !== undefined && source.sha256 !== null && /^[0-9a-f]{64}$/.test(hash) && hash !== source.sha256) {
    throw new SourceChanged(`hash ${hash}`);
  }
}

function checkAnswer(
  source: Source,
  answer: HubAnswer,
  { start, end, sizeBytes }: { start: number; end: number; sizeBytes: number },
): void {
  const invalid = (detail: string): HubFailure =>
    new HubFailure("hub-answer-invalid", undefined, { transient: true, detail });
  if (answer.status === 416) throw new SourceChanged("the range is outside the file");
  if (answer.status !== 206 && answer.status !== 200) {
    if (answer.status >= 200 && answer.status < 300) throw invalid(`HTTP ${answer.status}`);
    throw problemOfStatus(answer.status, answer.header, false);
  }
  const encoded = encodingFault(answer);
  if (encoded !== null) throw invalid(encoded);
  const tag = strongTag(answer);
  if (source.tag !== null && tag !== null && tag !== source.tag) throw new SourceChanged(`tag ${tag.slice(0, 100)}`);
  if (answer.status === 206) {
    const fault = rangeFault(answer, { start, end: end - 1, sizeBytes });
    if (fault !== null) throw invalid(fault);
    return;
  }
  const length = answer.header("content-length");
  if (/^text\/html\b/i.test(answer.header("content-type") ?? "")) throw invalid("a web page instead of the file");
  if (length !== undefined && Number(length) !== sizeBytes) throw new SourceChanged(`size ${length.slice(0, 40)}`);
  source.sendsRanges = false;
}

/** Puts the bytes of one answer where they belong. */
class SpanWriter {
  readonly #span: Span;
  readonly #options: ConnectionOptions;
  #pending: Buffer[] = [];
  #pendingBytes = 0;
  /** Of the file: where the next chunk begins, and up to where everything is written. */
  #arrived = 0;
  #written: number;
  #crc: number;
  #paceFrom = performance.now();
  #paceBytes = 0;
  #lastByteAt = performance.now();
  #wroteAt = performance.now();

  constructor(span: Span, options: ConnectionOptions, position: number) {
    this.#span = span;
    this.#options = options;
    this.#written = position;
    this.#crc = options.part.map.block(span.next).crc;
  }

  get isFull(): boolean {
    return this.#span.next >= this.#span.end;
  }

  /** The answer begins at this position of the file. */
  begin(position: number): void {
    this.#arrived = position;
  }

  /** Takes what comes next. Answers whether more is wanted; later only where a block has to be read again first. */
  accept(chunk: Buffer): boolean | Promise<boolean> {
    this.#paceBytes += chunk.length;
    this.#lastByteAt = performance.now();
    return this.#place(chunk);
  }

  #place(chunk: Buffer): boolean | Promise<boolean> {
    let rest = chunk;
    while (rest.length > 0 && !this.isFull) {
      const here = this.#written + this.#pendingBytes;
      if (this.#arrived < here) {
        const passed = Math.min(rest.length, here - this.#arrived);
        this.#arrived += passed;
        giveBack(rest.subarray(0, passed));
        rest = rest.subarray(passed);
        continue;
      }
      const { map } = this.#options.part;
      const blockEnd = map.start(this.#span.next) + map.length(this.#span.next);
      const bytes = rest.subarray(0, blockEnd - this.#arrived);
      checkBeginning(this.#arrived, bytes);
      this.#crc = crc32(bytes, this.#crc);
      this.#pending.push(bytes);
      this.#pendingBytes += bytes.length;
      this.#arrived += bytes.length;
      rest = rest.subarray(bytes.length);
      const isTime = this.#lastByteAt - this.#wroteAt >= writeEveryMs;
      if (this.#arrived === blockEnd || isTime || this.#pendingBytes >= writeBytes) this.#write();
      if (this.#arrived !== blockEnd) continue;
      const rechecked = this.#nextBlock();
      if (rechecked === null) continue;
      const later = rest;
      return rechecked.then(() => this.#place(later));
    }
    return !this.isFull;
  }

  /** Writes what came of a block that is not whole, with its receipt. */
  flush(): void {
    if (this.#pendingBytes > 0) this.#write();
    const { part, onReceived } = this.#options;
    if (this.isFull) return;
    const received = this.#written - part.map.start(this.#span.next);
    if (received > 0) onReceived(part.receipt(this.#span.next, received, this.#crc));
  }

  checkPace(onStall: () => void): void {
    const now = performance.now();
    if (now - this.#lastByteAt >= stallMs) onStall();
    if (now - this.#paceFrom < stallMs) return;
    if (this.#paceBytes < stallBytes) onStall();
    this.#paceFrom = now;
    this.#paceBytes = 0;
  }

  #write(): void {
    const buffers = this.#pending;
    const bytes = this.#pendingBytes;
    this.#pending = [];
    this.#pendingBytes = 0;
    this.#wroteAt = performance.now();
    const { part, onReceived } = this.#options;
    part.write(this.#written, buffers);
    for (const buffer of buffers) giveBack(buffer);
    this.#written += bytes;
    const received = this.#written - part.map.start(this.#span.next);
    // Progress is shown as it comes; the journal gets whole blocks.
    const whole = received === part.map.length(this.#span.next);
    if (whole) onReceived(part.receipt(this.#span.next, received, this.#crc));
    else onReceived(part.map.set(this.#span.next, { received, crc: this.#crc, checked: true }));
  }

  /** Goes on to the next block that is wanted. A promise: one begun in an earlier run is being read again. */
  #nextBlock(): Promise<void> | null {
    const { part, plan } = this.#options;
    this.#span.next++;
    // A server that sends the whole file sends again what is here.
    while (!this.isFull && part.map.isDone(this.#span.next)) this.#span.next++;
    plan.announce();
    if (this.isFull) return null;
    const { received, checked } = part.map.block(this.#span.next);
    if (received > 0 && !checked) return recheckFirst(this.#span, this.#options).then(() => this.#goOnWithBlock());
    this.#goOnWithBlock();
    return null;
  }

  #goOnWithBlock(): void {
    const { map } = this.#options.part;
    const { received, crc } = map.block(this.#span.next);
    this.#crc = crc;
    this.#written = map.start(this.#span.next) + received;
  }
}

/** A sign-in page or a proxy's error is seen with its first bytes, not after forty gigabytes. */
function checkBeginning(at: number, bytes: Buffer): void {
  if (at >= ggufMagic.length) return;
  const expected = ggufMagic.subarray(at, at + bytes.length);
  if (bytes.subarray(0, expected.length).equals(expected)) return;
  throw new HubFailure("hub-answer-invalid", "The hub sent something that is not a GGUF file.", {
    transient: true,
    detail: `begins with ${JSON.stringify(bytes.subarray(0, 40).toString("latin1"))}`,
  });
}

function isFileSystemError(error: unknown): boolean {
  return (
    error instanceof Error && "syscall" in error && "errno" in error && !("port" in error) && isDiskCall(error.syscall)
  );
}

const isDiskCall = (syscall: unknown): boolean =>
  syscall === "write" || syscall === "writev" || syscall === "read" || syscall === "open" || syscall === "ftruncate";
