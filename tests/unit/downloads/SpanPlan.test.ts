import { describe, expect, it } from "vitest";
import { BlockMap, blockBytes } from "../../../electron/workbench/downloads/BlockMap.ts";
import { SpanPlan } from "../../../electron/workbench/downloads/SpanPlan.ts";

/** A plan of one span of eight blocks, taken at 0 ms, and a way to say how many blocks of it came. */
function oneSpan() {
  const map = new BlockMap(8 * blockBytes);
  const plan = new SpanPlan(map);
  const span = plan.take(0);
  if (span === null) throw new Error("nothing to fetch");
  const bring = (blocks: number): void => {
    for (; blocks > 0; blocks--) map.set(span.next++, { received: blockBytes, crc: 0, checked: true });
  };
  return { plan, span, bring };
}

describe("the tail of a span", () => {
  it("is left to a connection that will soon be through", () => {
    const { plan, span, bring } = oneSpan();
    bring(4);
    expect(plan.take(900)).toBeNull();
    expect(span).toEqual({ next: 4, end: 8 });
  });

  it("is taken from one that would need a second or more, its second half", () => {
    const { plan, span, bring } = oneSpan();
    bring(4);
    expect(plan.take(1000)).toEqual({ next: 6, end: 8 });
    expect(span).toEqual({ next: 4, end: 6 });
  });

  it("is taken from one that brings nothing, once that shows", () => {
    const { plan, span } = oneSpan();
    expect(plan.take(400)).toBeNull();
    expect(plan.take(600)).toEqual({ next: 4, end: 8 });
    expect(span).toEqual({ next: 0, end: 4 });
  });

  it("is not taken within a block", () => {
    const { plan, bring } = oneSpan();
    bring(7);
    expect(plan.take(60_000)).toBeNull();
  });

  it("goes to whoever asks first, and is then their own", () => {
    const { plan, bring } = oneSpan();
    bring(2);
    const tail = plan.take(2000);
    expect(tail).toEqual({ next: 5, end: 8 });
    // What was just taken has no pace yet; the rest of the first would take three seconds.
    expect(plan.take(2100)).toEqual({ next: 4, end: 5 });
  });
});
