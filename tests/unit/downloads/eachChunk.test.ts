import { PassThrough, Readable } from "node:stream";
import { describe, expect, it } from "vitest";
import { eachChunk } from "../../../electron/workbench/downloads/eachChunk.ts";

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe("a stream's chunks, one by one", () => {
  it("each is what was pushed, one is taken at a time, and the end waits for the last", async () => {
    const stream = Readable.from([Buffer.from("ab"), Buffer.from("c"), Buffer.from("def")]);
    const taken: string[] = [];
    let taking = 0;
    await eachChunk(stream, async (chunk) => {
      taking++;
      expect(taking).toBe(1);
      await turn();
      await turn();
      taking--;
      taken.push(chunk.toString());
      return true;
    });
    expect(taken).toEqual(["ab", "c", "def"]);
  });

  it("what was pushed together is not joined", async () => {
    const stream = new PassThrough();
    stream.write("one");
    stream.write("two");
    stream.end();
    const taken: string[] = [];
    await eachChunk(stream, async (chunk) => {
      taken.push(chunk.toString());
      return true;
    });
    expect(taken).toEqual(["one", "two"]);
  });

  it("it stops when told to, and takes nothing after that", async () => {
    const stream = new PassThrough();
    stream.write("one");
    stream.write("two");
    let taken = 0;
    await eachChunk(stream, async () => {
      taken++;
      return false;
    });
    await turn();
    expect(taken).toBe(1);
  });

  it("an error waits for the chunk being taken, and what taking throws is passed on", async () => {
    const stream = new PassThrough();
    stream.write("one");
    let isTaken = false;
    const broken = eachChunk(stream, async () => {
      stream.destroy(new Error("broken"));
      await turn();
      await turn();
      isTaken = true;
      return true;
    });
    await expect(broken).rejects.toThrow("broken");
    expect(isTaken).toBe(true);
    const refused = eachChunk(Readable.from([Buffer.from("one")]), () => Promise.reject(new Error("refused")));
    await expect(refused).rejects.toThrow("refused");
  });

  it("a stream that is destroyed is at its end", async () => {
    const stream = new PassThrough();
    const over = eachChunk(stream, async () => true);
    stream.destroy();
    await expect(over).resolves.toBeUndefined();
  });
});
