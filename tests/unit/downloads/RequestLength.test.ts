import { describe, expect, it } from "vitest";
import { RequestLength } from "../../../electron/workbench/downloads/RequestLength.ts";

describe("the length of requests", () => {
  it("is one block where responses begin at once, and more if the server is far away", () => {
    // 150 MB/s from this machine, 25 MB/s from the next town, 10 MB/s and 50 MB/s from another continent.
    expect(new RequestLength().blocksAfter({ idleMs: 1, bytesPerMs: 150_000 })).toBe(1);
    expect(new RequestLength().blocksAfter({ idleMs: 20, bytesPerMs: 25_000 })).toBe(1);
    expect(new RequestLength().blocksAfter({ idleMs: 150, bytesPerMs: 10_000 })).toBe(3);
    expect(new RequestLength().blocksAfter({ idleMs: 150, bytesPerMs: 50_000 })).toBe(8);
  });

  it("follows the shortest of the last waits, so that one that was long for another reason has no effect", () => {
    const length = new RequestLength();
    expect(length.blocksAfter({ idleMs: 2, bytesPerMs: 150_000 })).toBe(1);
    expect(length.blocksAfter({ idleMs: 80, bytesPerMs: 150_000 })).toBe(1);
  });

  it("grows when the connection's latency increases", () => {
    const length = new RequestLength();
    length.blocksAfter({ idleMs: 2, bytesPerMs: 20_000 });
    for (let request = 0; request < 15; request++) length.blocksAfter({ idleMs: 100, bytesPerMs: 20_000 });
    expect(length.blocksAfter({ idleMs: 100, bytesPerMs: 20_000 })).toBe(4);
  });
});
