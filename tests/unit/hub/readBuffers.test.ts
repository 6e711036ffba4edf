import { describe, expect, it } from "vitest";
import { ReadBuffers } from "../../../electron/workbench/hub/ReadBuffers.ts";

describe("buffers to read into", () => {
  it("one that is given back is used again; one that is not, is not", () => {
    const buffers = new ReadBuffers(1024);
    const first = buffers.filled(buffers.take(), 1000);
    const second = buffers.filled(buffers.take(), 1024);
    expect(second.buffer).not.toBe(first.buffer);
    buffers.giveBack(first);
    const third = buffers.take();
    expect(third.buffer).toBe(first.buffer);
    expect(third).toHaveLength(1024);
    expect(buffers.take().buffer).not.toBe(second.buffer);
  });

  it("it stays in use until all its pieces are given back", () => {
    const buffers = new ReadBuffers(1024);
    const filled = buffers.filled(buffers.take(), 100);
    buffers.giveBack(filled.subarray(60));
    expect(buffers.take().buffer).not.toBe(filled.buffer);
    buffers.giveBack(filled.subarray(0, 60));
    expect(buffers.take().buffer).toBe(filled.buffer);
  });

  it("a piece from elsewhere, and one given back twice, change nothing", () => {
    const buffers = new ReadBuffers(1024);
    buffers.giveBack(Buffer.alloc(1024));
    const filled = buffers.filled(buffers.take(), 10);
    buffers.giveBack(filled);
    buffers.giveBack(filled);
    expect(buffers.take().buffer).toBe(filled.buffer);
    expect(buffers.take().buffer).not.toBe(filled.buffer);
  });
});
