import { createServer, type RequestListener } from "node:http";
import { setImmediate as turn } from "node:timers/promises";
import { Agent } from "undici";
import { describe, expect, it, onTestFinished } from "vitest";
import { AnswerBody, ask } from "../../../electron/workbench/hub/AnswerBody.ts";
import { listenOnLoopback } from "../../support/listenOnLoopback.ts";

/** What is asked of a connection: noted, and nothing else. */
function fakeFlow() {
  const calls: string[] = [];
  const note = (name: string) => () => void calls.push(name);
  return { calls, abort: note("abort"), pause: note("pause"), resume: note("resume") };
}

describe("an answer's body, chunk by chunk", () => {
  it("nothing is read before somebody takes it, and what came all the same is kept", async () => {
    const flow = fakeFlow();
    const body = new AnswerBody(flow);
    body.add(Buffer.from("ab"));
    body.add(Buffer.from("c"));
    body.end("whole");
    expect(flow.calls).toEqual([]);
    const taken: string[] = [];
    await body.each((chunk) => taken.push(chunk.toString()) > 0);
    expect(taken).toEqual(["ab", "c"]);
  });

  it("while a chunk is being taken nothing more is read, and the end waits", async () => {
    const flow = fakeFlow();
    const body = new AnswerBody(flow);
    let finish: (more: boolean) => void = () => undefined;
    let isOver = false;
    const over = body.each(() => new Promise<boolean>((resolve) => (finish = resolve)));
    void over.then(() => (isOver = true));
    body.add(Buffer.from("ab"));
    body.end("whole");
    await turn();
    expect(flow.calls).toEqual(["resume", "pause"]);
    expect(isOver).toBe(false);
    finish(true);
    await over;
  });

  it("an error waits for the chunk being taken, and what taking throws is passed on", async () => {
    const broken = new AnswerBody(fakeFlow());
    let isTaken = false;
    const reading = broken.each(async () => {
      broken.end({ error: new Error("broken") });
      await turn();
      isTaken = true;
      return true;
    });
    broken.add(Buffer.from("one"));
    await expect(reading).rejects.toThrow("broken");
    expect(isTaken).toBe(true);
    for (const refuse of [() => Promise.reject(new Error("refused")), () => raise("refused")]) {
      const flow = fakeFlow();
      const body = new AnswerBody(flow);
      const refused = body.each(refuse);
      body.add(Buffer.from("one"));
      await expect(refused).rejects.toThrow("refused");
      expect(flow.calls).toContain("abort");
    }
  });

  it("destroyed, it fails whoever reads; at its end there is nothing to destroy", async () => {
    const flow = fakeFlow();
    const body = new AnswerBody(flow);
    const reading = body.each(() => true);
    body.destroy(new Error("no more"));
    await expect(reading).rejects.toThrow("no more");
    expect(flow.calls).toEqual(["resume", "abort"]);
    const whole = fakeFlow();
    const done = new AnswerBody(whole);
    done.end("whole");
    done.destroy();
    expect(whole.calls).toEqual([]);
  });
});

describe("answers of a real server", () => {
  async function serve(listener: RequestListener) {
    let connections = 0;
    const server = createServer(listener).on("connection", () => connections++);
    const origin = `http://127.0.0.1:${await listenOnLoopback(server)}`;
    const agent = new Agent();
    onTestFinished(() => agent.destroy());
    const request = (signal?: AbortSignal) => ask(agent, { origin, path: "/", method: "GET" }, signal);
    return { request, connections: () => connections };
  }

  it("a reader that stops at the last byte leaves a connection to use again; one that stops before closes it", async () => {
    const { request, connections } = await serve((_, response) => response.end("x".repeat(1000)));
    for (let round = 0; round < 3; round++) {
      const { status, body } = await request();
      expect(status).toBe(200);
      let bytes = 0;
      await body.each((chunk) => (bytes += chunk.length) < 1000);
      expect(bytes).toBe(1000);
      await turn();
      await turn();
    }
    expect(connections()).toBe(1);
    let isClosed: () => void = () => undefined;
    const closed = new Promise<void>((resolve) => (isClosed = resolve));
    const endless = await serve((_, response) => {
      const more = (): void => {
        while (response.write("x".repeat(65_536)));
        response.once("drain", more);
      };
      response.on("close", () => {
        response.removeAllListeners();
        isClosed();
      });
      more();
    });
    await (await endless.request()).body.each(() => false);
    await closed;
  });

  it("a signal ends it at once: before the answer, and in the middle", async () => {
    const { request } = await serve((_, response) => void response.writeHead(200).write("a little"));
    const late = new AbortController();
    const { body } = await request(late.signal);
    const reading = body.each(() => true);
    late.abort(new Error("enough"));
    await expect(reading).rejects.toThrow("enough");
    const silent = await serve(() => undefined);
    const early = new AbortController();
    const asked = silent.request(early.signal);
    early.abort(new Error("not at all"));
    await expect(asked).rejects.toThrow("not at all");
    await expect(silent.request(AbortSignal.abort(new Error("before")))).rejects.toThrow("before");
  });
});

function raise(message: string): never {
  throw new Error(message);
}
