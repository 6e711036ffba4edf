import { describe, expect, it } from "vitest";
import { BlockMap, blockBytes } from "../../../electron/workbench/downloads/BlockMap.ts";
import { SpanPlan } from "../../../electron/workbench/downloads/SpanPlan.ts";

const whole = { received: blockBytes, crc: 0, checked: true };

/** Returns a plan whose last span of eight blocks was taken at 0 ms, and a function that reports received blocks. */
function oneSpan() {
  const map = new BlockMap(64 * blockBytes);
  const plan = new SpanPlan(map);
  const span = plan.take(8, 0);
  if (span === null) throw new Error("nothing to fetch");
  for (let index = span.end; index < map.count; index++) map.set(index, whole);
  const bring = (blocks: number): void => {
    for (; blocks > 0; blocks--) map.set(span.next++, whole);
  };
  return { plan, span, bring };
}

describe("spans", () => {
  it("are taken from the front, and become shorter towards the end", () => {
    const map = new BlockMap(100 * blockBytes);
    const plan = new SpanPlan(map);
    const lengths: number[] = [];
    let front = 0;
    for (let span = plan.take(8); span !== null; span = plan.take(8)) {
      expect(span.next).toBe(front);
      lengths.push(span.end - span.next);
      for (let index = span.next; index < span.end; index++) map.set(index, whole);
      front = span.end;
      plan.release(span);
    }
    expect(front).toBe(100);
    expect(lengths.slice(0, 6)).toEqual([8, 8, 8, 8, 8, 8]);
    expect(lengths).toEqual(lengths.toSorted((a, b) => b - a));
    expect(lengths.slice(-4)).toEqual([1, 1, 1, 1]);
  });

  it("give a short file to several connections", () => {
    const plan = new SpanPlan(new BlockMap(3 * blockBytes + 1));
    const spans = [plan.take(8), plan.take(8), plan.take(8), plan.take(8)];
    expect(spans.map((span) => span?.next)).toEqual([0, 1, 2, 3]);
  });
});

describe("the tail of a span", () => {
  it("is left to a connection that will soon finish", () => {
    const { plan, span, bring } = oneSpan();
    bring(4);
    expect(plan.take(8, 900)).toBeNull();
    expect(span).toEqual({ next: 4, end: 8 });
  });

  it("is taken in half from one that would need a second or more", () => {
    const { plan, span, bring } = oneSpan();
    bring(4);
    expect(plan.take(8, 1000)).toEqual({ next: 6, end: 8 });
    expect(span).toEqual({ next: 4, end: 6 });
  });

  it("is taken from one that receives nothing, once that is noticed", () => {
    const { plan, span } = oneSpan();
    expect(plan.take(8, 400)).toBeNull();
    expect(plan.take(8, 600)).toEqual({ next: 4, end: 8 });
    expect(span).toEqual({ next: 0, end: 4 });
  });

  it("is not split within a block", () => {
    const { plan, bring } = oneSpan();
    bring(7);
    expect(plan.take(8, 60_000)).toBeNull();
  });

  it("belongs to the first connection that asks for it", () => {
    const { plan, bring } = oneSpan();
    bring(2);
    const tail = plan.take(8, 2000);
    expect(tail).toEqual({ next: 5, end: 8 });
    // A span just taken has no speed yet; the rest of the first would take three seconds.
    expect(plan.take(8, 2100)).toEqual({ next: 4, end: 5 });
  });
});
