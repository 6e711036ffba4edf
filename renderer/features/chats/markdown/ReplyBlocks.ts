import { continuesText, type GrowingText, growingText, sliceText } from "../../../stores/growingText.ts";
import { blockLimits } from "./answerLimits.ts";
import { BlockCutter } from "./BlockCutter.ts";
import { ReplyBudget } from "./ReplyBudget.ts";
import { grownBlock, placeAfter, type ReplyBlock } from "./replyBlock.ts";
import { ReplyParts } from "./ReplyParts.ts";
import type { ReplyView } from "./replyView.ts";
import { hasDefinitions } from "./splitBlocks.ts";
import type { Typeset, Typesetter } from "./Typesetter.ts";

export interface ReplyBlocksOptions {
  typesetter: Pick<Typesetter, "typeset">;
  /** Runs work in a later task. Default: `setTimeout`. */
  later?: (work: () => void, delayMs: number) => void;
  /** Runs work before the next frame. Default: `requestAnimationFrame`. */
  beforePaint?: (work: () => void) => void;
}

const batchBlocks = 30;
const batchChars = 20_000;
/** After a task, this many times its duration is left to the rest of the machine. */
const restFactor = 4;

/**
 * The blocks of one reply, from a text that may still grow to trees that can be rendered. A finished block is typeset
 * once. The last two blocks may still change and are typeset as they grow: one job at a time, with the newest text. A
 * budget limits the work for each reply; once it is used up, the rest is plain text.
 */
export class ReplyBlocks {
  readonly #typesetter: ReplyBlocksOptions["typesetter"];
  readonly #later: NonNullable<ReplyBlocksOptions["later"]>;
  readonly #beforePaint: NonNullable<ReplyBlocksOptions["beforePaint"]>;
  readonly #listeners = new Set<() => void>();
  #text = growingText("");
  #isWriting = true;
  #isNear = false;
  #nearParts = new Set<number>();

  #cutter = new BlockCutter();
  #budget = new ReplyBudget();
  #blocks: ReplyBlock[] = [];
  /** The number of blocks, from the first, that can no longer change. */
  #settled = 0;
  /** How many of these have been counted in the budget. */
  #counted = 0;
  /** All settled blocks before this index have been typeset. */
  #typesetTo = 0;
  /** Where plain text begins once the budget is used up; this is final. */
  #plainFrom: number | null = null;
  #whole: "untried" | "trying" | "tried" = "untried";

  #cancelJob: (() => void) | null = null;
  #cancelOpenJob: (() => void) | null = null;
  /** The blocks of the current job. */
  #inOpenJob: readonly ReplyBlock[] = [];
  #isOpenResting = false;
  #isCutPlanned = false;
  #isPaintPlanned = false;

  #parts = new ReplyParts();
  #view: ReplyView = this.#makeView();

  constructor({ typesetter, later, beforePaint }: ReplyBlocksOptions) {
    this.#typesetter = typesetter;
    this.#later = later ?? ((work, delayMs) => void setTimeout(work, delayMs));
    this.#beforePaint = beforePaint ?? ((work) => void requestAnimationFrame(work));
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  readonly view = (): ReplyView => this.#view;

  /** Updates the reply's text, and whether more will arrive. */
  update(text: GrowingText, isWriting: boolean): void {
    if (text === this.#text && isWriting === this.#isWriting) return;
    const wasWhole = !this.#isWriting && text.length > this.#text.length;
    if (wasWhole || !continuesText(this.#text, text)) this.#startOver();
    this.#text = text;
    this.#isWriting = isWriting;
    this.#go();
    this.#publish();
  }

  /** Sets whether the reply is near the visible part. No work is done for one that is not. */
  setNear(isNear: boolean): void {
    if (isNear === this.#isNear) return;
    this.#isNear = isNear;
    if (isNear) this.#go();
    else this.#cancelJobs();
    this.#publishBeforePaint();
  }

  /** Sets whether a part is near the visible part. Such parts are typeset first. */
  setPartNear(index: number, isNear: boolean): void {
    if (isNear) this.#nearParts.add(index);
    else this.#nearParts.delete(index);
  }

  #go(): void {
    if (!this.#isNear || this.#tryWhole()) return;
    this.#cut();
    this.#typesetSettled();
    this.#typesetOpen();
  }

  /** Definitions of links and footnotes apply to all blocks, so a finished reply with any is tried as one block. */
  #tryWhole(): boolean {
    if (this.#isWriting || this.#whole !== "untried") return this.#whole === "trying";
    const source = this.#text.length <= blockLimits.chars ? sliceText(this.#text, 0) : "";
    if (!hasDefinitions(source)) {
      this.#whole = "tried";
      return false;
    }
    this.#cancelJobs();
    this.#whole = "trying";
    this.#cancelJob = this.#typesetter.typeset({
      sources: [source],
      onBlock: (_index, typeset, workMs) => {
        this.#cancelJob = null;
        if (typeset !== "plain") {
          this.#startOver();
          this.#replaceOpen([this.#cutter.takeWhole(this.#text)], 1);
          const [block] = this.#blocks;
          if (block) this.#finish(block, typeset, workMs);
        }
        this.#whole = "tried";
        this.#go();
        this.#publishBeforePaint();
      },
    });
    return true;
  }

  #cut(): void {
    const isAllCut =
      this.#cutter.cutTo === this.#text.length && (this.#isWriting || this.#settled === this.#blocks.length);
    if (this.#isCutPlanned || this.#plainFrom !== null || isAllCut) return;
    const startedAt = performance.now();
    const { settled, open, hasMore, isTooLong } = this.#cutter.cut(this.#text, this.#isWriting);
    if (isTooLong) {
      this.#makePlainFrom(this.#settledTo);
      return;
    }
    this.#replaceOpen([...settled, ...open], settled.length);
    const tookMs = performance.now() - startedAt;
    if (hasMore) this.#planCut(0);
    // A cut that takes long is not repeated for every token.
    else if (tookMs > 2) this.#planCut(restFactor * tookMs);
  }

  /** The end of the settled blocks. */
  get #settledTo(): number {
    const last = this.#blocks[this.#settled - 1];
    return last ? last.start + last.source.length : 0;
  }

  #planCut(delayMs: number): void {
    this.#isCutPlanned = true;
    this.#later(() => {
      this.#isCutPlanned = false;
      this.#go();
      this.#publish();
    }, delayMs);
  }

  /** Replaces the blocks after the settled ones. The first `settled` of the new ones are final. */
  #replaceOpen(sources: readonly string[], settled: number): void {
    const known = this.#blocks.splice(this.#settled);
    for (const { part } of known) this.#parts.change(part);
    let start = this.#settledTo;
    for (const source of sources) {
      if (!ReplyBudget.hasRoomFor(this.#blocks.length, start)) {
        this.#makePlainFrom(start);
        break;
      }
      const before = known.find((block) => block.start === start);
      const block = before?.source === source ? before : grownBlock(before, start, source);
      placeAfter(this.#blocks.at(-1), block);
      this.#parts.change(block.part);
      this.#blocks.push(block);
      start += source.length;
    }
    this.#settled = Math.min(this.#settled + settled, this.#blocks.length);
    this.#account();
  }

  #typesetSettled(): void {
    if (this.#cancelJob) return;
    const batch = this.#nextBatch();
    if (batch.length === 0) return;
    this.#cancelJob = this.#typesetter.typeset({
      sources: batch.map(({ source }) => source),
      onBlock: (index, typeset, workMs) => {
        const block = batch[index];
        if (block) this.#finish(block, typeset, workMs);
        if (index === batch.length - 1) {
          this.#cancelJob = null;
          this.#go();
        }
        this.#publishBeforePaint();
      },
    });
  }

  /** Returns the next blocks to typeset: those near the visible part first, then all in order. */
  #nextBatch(): ReplyBlock[] {
    while (this.#typesetTo < this.#settled && this.#blocks[this.#typesetTo]?.typeset) this.#typesetTo++;
    const waiting = this.#blocks
      .slice(this.#typesetTo, this.#settled)
      .filter((block) => block.typeset === null && !this.#inOpenJob.includes(block));
    const near = waiting.filter(({ part }) => this.#nearParts.has(part));
    const batch: ReplyBlock[] = [];
    let chars = 0;
    for (const block of near.length > 0 ? near : waiting) {
      chars += block.source.length;
      if (batch.length === batchBlocks || (batch.length > 0 && chars > batchChars)) break;
      batch.push(block);
    }
    return batch;
  }

  #typesetOpen(): void {
    if (this.#cancelOpenJob || this.#isOpenResting) return;
    const open = this.#blocks.slice(this.#settled).filter(({ typeset, isGivenUp }) => typeset === null && !isGivenUp);
    if (open.length === 0) return;
    const sources = open.map(({ source }) => source);
    let spentMs = 0;
    this.#inOpenJob = open;
    this.#cancelOpenJob = this.#typesetter.typeset({
      sources,
      isUrgent: true,
      onBlock: (index, typeset, workMs) => {
        spentMs += workMs;
        this.#takeOpen(open[index]?.start ?? 0, sources[index] ?? "", typeset, workMs);
        if (index === sources.length - 1) {
          this.#cancelOpenJob = null;
          this.#inOpenJob = [];
          this.#restOpen(restFactor * spentMs + sources.join("").length / 1000);
        }
        this.#publishBeforePaint();
      },
    });
  }

  #restOpen(delayMs: number): void {
    this.#isOpenResting = true;
    this.#later(() => {
      this.#isOpenResting = false;
      this.#go();
    }, delayMs);
  }

  /** Takes the result for a growing block, which may have grown further or ended since the request. */
  #takeOpen(start: number, source: string, typeset: Typeset, workMs: number): void {
    const block = this.#blocks.findLast((candidate) => candidate.start === start);
    if (!block || block.typeset) return;
    if (block.source === source && (typeset !== "plain" || this.#isSettled(block))) {
      this.#finish(block, typeset, workMs);
    } else if (typeset === "plain") block.isGivenUp = true;
    else if (block.source.startsWith(source)) block.earlier = { root: typeset.root, length: source.length };
    this.#parts.change(block.part);
  }

  #isSettled({ start }: ReplyBlock): boolean {
    return start < this.#settledTo;
  }

  #finish(block: ReplyBlock, typeset: Typeset, workMs: number): void {
    block.typeset = typeset;
    block.workMs = workMs;
    block.earlier = null;
    this.#parts.change(block.part);
    this.#account();
  }

  /** Counts the finished blocks in order. If they exceed the budget, plain text begins there. */
  #account(): void {
    while (this.#counted < this.#settled) {
      const block = this.#blocks[this.#counted];
      if (!block) return;
      const fits = block.typeset ? this.#budget.take(block.typeset, block.workMs) : this.#budget.hasTime;
      if (!fits) this.#makePlainFrom(block.start);
      if (!fits || !block.typeset) return;
      this.#counted++;
    }
  }

  #makePlainFrom(start: number): void {
    this.#plainFrom = start;
    this.#cancelJobs();
    const kept = this.#blocks.findIndex((block) => block.start >= start);
    const dropped = kept === -1 ? [] : this.#blocks.splice(kept);
    for (const { part } of dropped) this.#parts.change(part);
    this.#settled = this.#blocks.length;
  }

  #cancelJobs(): void {
    this.#cancelJob?.();
    this.#cancelOpenJob?.();
    this.#cancelJob = null;
    this.#cancelOpenJob = null;
    this.#inOpenJob = [];
    if (this.#whole === "trying") this.#whole = "untried";
  }

  #startOver(): void {
    this.#cancelJobs();
    this.#cutter = new BlockCutter();
    this.#budget = new ReplyBudget();
    this.#blocks = [];
    this.#parts = new ReplyParts();
    this.#settled = 0;
    this.#counted = 0;
    this.#typesetTo = 0;
    this.#plainFrom = null;
    this.#whole = "untried";
  }

  #publishBeforePaint(): void {
    if (this.#isPaintPlanned) return;
    this.#isPaintPlanned = true;
    this.#beforePaint(() => {
      this.#isPaintPlanned = false;
      this.#publish();
    });
  }

  #publish(): void {
    this.#view = this.#makeView();
    for (const listener of this.#listeners) listener();
  }

  #makeView(): ReplyView {
    return {
      text: this.#text,
      ...this.#parts.view(this.#blocks),
      tailFrom: this.#plainFrom ?? this.#cutter.cutTo,
      isTailPlain: this.#plainFrom !== null,
    };
  }
}
