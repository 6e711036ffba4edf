import { performance } from "node:perf_hooks";
import { HubFailure } from "../hub/HubFailure.ts";
import { problemOfError, problemOfStatus } from "../hub/hubProblem.ts";
import type { HubAnswer, HubTransport } from "../hub/HubTransport.ts";
import { encodingFault, rangeFault, strongTag } from "./contentRange.ts";
import type { RateLimit } from "./RateLimit.ts";
import type { RequestPace } from "./RequestLength.ts";
import type { Span } from "./SpanPlan.ts";
import { SpanWriter, type SpanWriterOptions } from "./SpanWriter.ts";

/** State that all connections of one file share. */
export interface Source {
  transport: HubTransport;
  /** The hub's own URL of the file, at the pinned commit. */
  url: string;
  /** The URL that it redirected to, as long as that is valid. */
  location: string | null;
  /** The strong ETag of the first response. Every later response must have the same. */
  tag: string | null;
  /** False if the server sends whole files only. */
  sendsRanges: boolean;
  sha256: string | null;
  /** The bytes that a file of this kind begins with. */
  magic: Buffer;
}

export interface ConnectionOptions extends SpanWriterOptions {
  source: Source;
  limit: RateLimit;
  signal: AbortSignal;
}

/** Thrown when the file on the hub has changed. Its data must not be mixed with what was already received. */
export class SourceChanged extends HubFailure<"download-changed"> {
  constructor(detail: string) {
    super("download-changed", undefined, { detail });
  }
}

/**
 * Fetches one span with one request, and writes the data with receipts as it arrives. Keeps what was received, however
 * the request ends. Resolves with its pace, or null if there was nothing left to request.
 */
export async function fetchSpan(span: Span, options: ConnectionOptions): Promise<RequestPace | null> {
  const { source, part, plan, signal } = options;
  // Another connection took over its blocks before this one started.
  if (span.next >= span.end) return null;
  const writer = new SpanWriter(span, options);
  await writer.recheckBlock();
  const start = writer.position;
  const end = Math.min(part.map.sizeBytes, part.map.start(span.end));
  const stalled = new AbortController();
  const either = AbortSignal.any([signal, stalled.signal]);
  let watch: NodeJS.Timeout | undefined;
  const asked = performance.eventLoopUtilization();
  try {
    const answer = await openRange(source, { start, end, sizeBytes: part.map.sizeBytes }, either);
    const { idle: idleMs } = performance.eventLoopUtilization(asked);
    const answeredAt = performance.now();
    const { host } = new URL(answer.url);
    const onStall = (): void =>
      stalled.abort(new HubFailure("hub-unreachable", { case: "stalled", host }, { transient: true }));
    watch = setInterval(() => writer.checkPace(onStall), 1000);
    // A whole file starts at its beginning; bytes that are already received are skipped.
    writer.begin(answer.status === 206 ? start : 0);
    for await (const chunk of chunksOf(answer, host)) {
      either.throwIfAborted();
      // The server sends more than was requested.
      if (writer.isFull) break;
      await options.limit.take(chunk.length, either);
      await writer.accept(chunk);
      // Another connection took over the rest. Otherwise the response is read to its end, to keep the connection open.
      if (writer.isFull && writer.position < end) break;
    }
    either.throwIfAborted();
    if (!writer.isFull) {
      throw new HubFailure("hub-unreachable", { case: "cut", host }, { transient: true });
    }
    const tookMs = Math.max(1, performance.now() - answeredAt);
    return { idleMs, bytesPerMs: (writer.position - start) / tookMs };
  } finally {
    clearInterval(watch);
    writer.flush();
    plan.announce();
  }
}

async function* chunksOf({ body }: HubAnswer, host: string): AsyncGenerator<Buffer, void> {
  try {
    yield* body;
  } catch (error) {
    throw problemOfError(error, host);
  }
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
    // A signed URL expires. The hub then provides a new one.
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

/** Checks the identity of the file, which the hub states in its own response (the first hop). */
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
