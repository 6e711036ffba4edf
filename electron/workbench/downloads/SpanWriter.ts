import { crc32 } from "./crc32.ts";
import { HubFailure } from "../hub/HubFailure.ts";
import { blockBytes } from "./BlockMap.ts";
import type { PartFile } from "./PartFile.ts";
import type { Span, SpanPlan } from "./SpanPlan.ts";
import type { DownloadWaits } from "./downloadWaits.ts";

export interface SpanWriterOptions {
  part: PartFile;
  plan: SpanPlan;
  /** Called with the number of new valid bytes, negative if bytes turned out to be corrupt. */
  onReceived: (change: number) => void;
  waits: Pick<DownloadWaits, "stallMs">;
  /** The bytes that a file of this kind begins with. */
  source: { magic: Buffer };
}

const writeBytes = 1024 * 1024;
/** A receipt is written at least this often. After a crash, data since the last receipt is fetched again. */
const receiptBytes = 1024 * 1024;
/** On a slow connection, received data is written after this time, because progress shows only what is on the disk. */
const writeEveryMs = 500;
/** A connection that receives less than this in `stallMs` is considered dead. */
const stallBytes = 32 * 1024;

/** Writes the bytes of one response to their positions in the file. */
export class SpanWriter {
  readonly #span: Span;
  readonly #options: SpanWriterOptions;
  #pending: Buffer[] = [];
  #pendingBytes = 0;
  /** Positions in the file: of the next chunk, up to which everything is written, and up to which it has receipts. */
  #arrived = 0;
  #written = 0;
  #receipted = 0;
  #crc = 0;
  #paceFrom = performance.now();
  #paceBytes = 0;
  #lastByteAt = performance.now();
  #wroteAt = performance.now();

  constructor(span: Span, options: SpanWriterOptions) {
    this.#span = span;
    this.#options = options;
    this.#goOnWithBlock();
  }

  /** Position in the file of the next byte that is needed. */
  get position(): number {
    return this.#written + this.#pendingBytes;
  }

  get isFull(): boolean {
    return this.#span.next >= this.#span.end;
  }

  /** Rereads a block that was started in an earlier run before it is continued. */
  async recheckBlock(): Promise<void> {
    const { part, onReceived } = this.#options;
    const index = this.#span.next;
    if (part.map.block(index).checked) return;
    if (!(await part.isAsReceived(index, Buffer.allocUnsafe(blockBytes)))) onReceived(part.forget(index));
    this.#goOnWithBlock();
  }

  /** Sets the position in the file at which the response starts. */
  begin(position: number): void {
    this.#arrived = position;
  }

  /** Accepts the next chunk. */
  async accept(chunk: Buffer): Promise<void> {
    this.#paceBytes += chunk.length;
    this.#lastByteAt = performance.now();
    let rest = chunk;
    while (rest.length > 0 && !this.isFull) {
      if (this.#arrived < this.position) {
        const passed = Math.min(rest.length, this.position - this.#arrived);
        this.#arrived += passed;
        rest = rest.subarray(passed);
        continue;
      }
      const { map } = this.#options.part;
      const blockEnd = map.start(this.#span.next) + map.length(this.#span.next);
      const bytes = rest.subarray(0, blockEnd - this.#arrived);
      checkBeginning(this.#arrived, bytes, this.#options.source.magic);
      this.#crc = crc32(bytes, this.#crc);
      this.#pending.push(bytes);
      this.#pendingBytes += bytes.length;
      this.#arrived += bytes.length;
      rest = rest.subarray(bytes.length);
      const isTime = this.#lastByteAt - this.#wroteAt >= writeEveryMs;
      if (this.#arrived === blockEnd || isTime || this.#pendingBytes >= writeBytes) this.#write();
      if (this.#arrived === blockEnd) await this.#nextBlock();
    }
  }

  /** Writes what was received of an incomplete block, with its receipt. */
  flush(): void {
    if (this.#pendingBytes > 0) this.#write();
    const { part, onReceived } = this.#options;
    if (this.isFull) return;
    const received = this.#written - part.map.start(this.#span.next);
    if (this.#written > this.#receipted) onReceived(part.receipt(this.#span.next, received, this.#crc));
  }

  checkPace(onStall: () => void): void {
    const { stallMs } = this.#options.waits;
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
    this.#written += bytes;
    const received = this.#written - part.map.start(this.#span.next);
    const isWhole = received === part.map.length(this.#span.next);
    if (isWhole || this.#written - this.#receipted >= receiptBytes) {
      this.#receipted = this.#written;
      onReceived(part.receipt(this.#span.next, received, this.#crc));
    } else onReceived(part.map.set(this.#span.next, { received, crc: this.#crc, checked: true }));
  }

  /** Continues with the next block that is needed. One that was started in an earlier run is reread first. */
  async #nextBlock(): Promise<void> {
    const { part, plan } = this.#options;
    this.#span.next++;
    // A server that sends the whole file also sends blocks that were already received.
    while (!this.isFull && part.map.isDone(this.#span.next)) this.#span.next++;
    plan.announce();
    if (this.isFull) return;
    if (part.map.block(this.#span.next).checked) this.#goOnWithBlock();
    else await this.recheckBlock();
  }

  #goOnWithBlock(): void {
    const { map } = this.#options.part;
    const { received, crc } = map.block(this.#span.next);
    this.#crc = crc;
    this.#written = map.start(this.#span.next) + received;
    this.#receipted = this.#written;
  }
}

/** Detects a sign-in page or a proxy's error in the first bytes, not after forty gigabytes. */
function checkBeginning(at: number, bytes: Buffer, magic: Buffer): void {
  if (at >= magic.length) return;
  const expected = magic.subarray(at, at + bytes.length);
  if (bytes.subarray(0, expected.length).equals(expected)) return;
  throw new HubFailure(
    "hub-answer-invalid",
    { case: "notGguf" },
    {
      transient: true,
      detail: `begins with ${JSON.stringify(bytes.subarray(0, 40).toString("latin1"))}`,
    },
  );
}
