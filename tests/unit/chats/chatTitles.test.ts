import { afterEach, beforeEach, describe, expect, it, test } from "vitest";
import type { GenerateEvent } from "../../../electron/contract/engineProtocol.ts";
import type { Model } from "../../../electron/contract/models.ts";
import { ChatStore } from "../../../electron/workbench/chats/ChatStore.ts";
import { ChatTitles, leastParameters } from "../../../electron/workbench/chats/ChatTitles.ts";
import { modelTitle } from "../../../electron/workbench/chats/modelTitle.ts";
import type { Session, SessionReply } from "../../../electron/workbench/engines/Session.ts";
import { temporaryFolder } from "../../support/temporaryFolder.ts";

describe("what a model wrote is a title", () => {
  test.each([
    ["Primes and their gaps", "Primes and their gaps"],
    ['\n"Primes below thirty."\n', "Primes below thirty"],
    ["**Title: Baking bread**", "Baking bread"],
    ["« Le pain au levain »", "Le pain au levain"],
    ["Okinawa in spring", "Okinawa in spring"],
    ["Surety bonds", "Surety bonds"],
  ])("%j becomes %j", (text, title) => {
    expect(modelTitle(text, "How do I do this?")).toBe(title);
  });
  test("in the script of the question", () => {
    expect(modelTitle("标题：质数的间隔。", "质数之间的间隔是什么？")).toBe("质数的间隔");
    expect(modelTitle("Prime gaps", "质数之间的间隔是什么？")).toBeNull();
    expect(modelTitle("质数的间隔", "What are prime gaps?")).toBeNull();
  });
  test.each([
    ["nothing", " \n "],
    ["only signs", "?!"],
    ["several lines", "One\nTwo"],
    ["too much", "word ".repeat(30)],
    ["a tag", "<think>A title</think>"],
    ["a special token", "A title <｜end▁of▁sentence｜>"],
    ["a formula", "\\boxed{42}"],
    ["talk about it", "Sure, here is a title"],
    ["a refusal", "I cannot do that"],
    ["a word twice", "The the primes"],
    ["a loop", "one two one two one two"],
    ["hidden letters only", "\u202e\u200b\u2066"],
    ["a link", "See https://example.org"],
  ])("but not %s", (_, text) => {
    expect(modelTitle(text, "How do I do this?")).toBeNull();
  });
  test("without characters that would turn it around", () => {
    expect(modelTitle("Primes \u202eand\u0000 gaps", "What?")).toBe("Primes and gaps");
  });
});

describe("the title of a chat", () => {
  let store: ChatStore;
  let chatId: string;
  const model = { id: "r1", parameters: leastParameters } as Model;

  beforeEach(async () => {
    store = new ChatStore(await temporaryFolder());
    chatId = store.createChat({ thinking: "on", modelId: "r1" }).id;
    const { reply } = store.beginTurn({ chatId, text: "What are primes?", model: null });
    store.finishReply({ messageId: reply.id, text: "2", thought: "x", state: "done", stats: null, problem: null });
  });
  afterEach(() => store.close());

  /** Opens it on a machine that the test controls. `pass` lets the time pass that it waits for. */
  function open(written = "Prime numbers") {
    const machine = {
      isBusy: false,
      isLoaded: true,
      source: "mains" as "mains" | "battery",
      isAllowed: true,
      stops: false,
    };
    const asked: SessionReply[] = [];
    const titled: string[] = [];
    const waiting = new Set<() => void>();
    const titles = new ChatTitles({
      engines: {
        get isBusy() {
          return machine.isBusy;
        },
        withLoaded: async (_model, _signal, work) => {
          const reply = async (request: SessionReply) => {
            asked.push(request);
            request.onEvent({ kind: "piece", part: "thought", text: "secret" } as GenerateEvent);
            request.onEvent({ kind: "piece", part: "answer", text: written } as GenerateEvent);
            return { outcome: machine.stops ? "stopped" : "done", stats: { stopReason: "end" } };
          };
          return machine.isLoaded ? await work({ reply } as unknown as Session) : null;
        },
      },
      store: {
        request: (async (name: "titleByModel", params: never) => store[name](params)) as never,
      },
      power: () => Promise.resolve({ source: machine.source, batteryPercent: 90, mode: null }),
      isAllowed: () => machine.isAllowed,
      onTitled: (id) => titled.push(id),
      clock: {
        now: () => 0,
        after: (_, callback) => {
          waiting.add(callback);
          return () => waiting.delete(callback);
        },
      },
    });
    const pass = async (): Promise<void> => {
      const due = [...waiting];
      waiting.clear();
      for (const callback of due) callback();
      await new Promise((resolve) => setImmediate(resolve));
    };
    const answered = (id = chatId, by = model, content = "What are primes?") =>
      titles.begin({
        chatId: id,
        model: by,
        messages: [{ role: "user", content }],
        thinking: "on",
      });
    return { machine, asked, titled, waiting, titles, pass, answered };
  }
  const title = (): string => store.readChat({ chatId }).title;

  it("is written once, by the model that replied, from the messages and without a thought", async () => {
    const { asked, titled, pass, answered } = open();
    const before = store.readChat({ chatId }).updatedAt;
    answered();
    expect(title()).toBe("What are primes?");
    await pass();
    expect(title()).toBe("Prime numbers");
    expect(titled).toEqual([chatId]);
    expect(store.readChat({ chatId }).updatedAt).toBe(before);
    expect(asked).toMatchObject([{ chat: chatId, thinking: "off", messages: [{}, { role: "user" }] }]);
    answered();
    await pass();
    expect(asked).toHaveLength(1);
  });

  it("stays if the user has changed it, also while the model writes", async () => {
    const { asked, pass, answered } = open();
    store.renameChat({ chatId, title: "Mine" });
    answered();
    await pass();
    expect({ title: title(), asked }).toEqual({ title: "Mine", asked: [] });
    expect(store.titleByModel({ chatId, title: "Other" })).toBe(false);
    expect(title()).toBe("Mine");
  });

  it.each([
    ["a small model", (machine: ReturnType<typeof open>) => machine.answered(chatId, { ...model, parameters: 5e6 })],
    ["a temporary chat", (machine: ReturnType<typeof open>) => machine.answered("temporary-1")],
  ])("is never written for %s", async (_, answer) => {
    const opened = open();
    answer(opened);
    expect(opened.waiting.size).toBe(0);
    await opened.pass();
    expect(opened.asked).toEqual([]);
  });

  it.each([
    ["on battery", { source: "battery" }],
    ["if that is turned off", { isAllowed: false }],
    ["if the model was unloaded", { isLoaded: false }],
    ["if something else needed the engine", { stops: true }],
  ] as const)("is not written %s, but may be after the next reply", async (_, state) => {
    const { machine, pass, answered, waiting } = open();
    Object.assign(machine, state);
    answered();
    await pass();
    expect({ title: title(), waits: waiting.size }).toEqual({ title: "What are primes?", waits: 0 });
    Object.assign(machine, { source: "mains", isAllowed: true, isLoaded: true, stops: false });
    answered();
    await pass();
    expect(title()).toBe("Prime numbers");
  });

  it("waits while the engine is busy, and no longer once the chat is deleted or the app closes", async () => {
    const { machine, asked, pass, answered, waiting, titles } = open();
    machine.isBusy = true;
    answered();
    await pass();
    expect({ asked, waits: waiting.size }).toEqual({ asked: [], waits: 1 });
    titles.stop(chatId);
    expect(waiting.size).toBe(0);
    answered();
    titles.close();
    expect(waiting.size).toBe(0);
  });

  it("is compared with the language of the question, and not of the documents before it", async () => {
    const { pass, answered } = open();
    answered(chatId, model, "质数之间的间隔是什么？\n\nWhat are primes?");
    await pass();
    expect(title()).toBe("Prime numbers");
  });

  it("is no longer waited for once another chat has a reply, so that the model keeps what it has read of that", async () => {
    const { asked, pass, answered, waiting } = open();
    const other = store.createChat({ thinking: "on", modelId: "r1" }).id;
    answered();
    answered(other);
    expect(waiting.size).toBe(1);
    answered(chatId);
    answered("temporary-1");
    await pass();
    expect({ asked, waits: waiting.size }).toEqual({ asked: [], waits: 0 });
  });

  it("stays if the model writes no title, and is not tried again", async () => {
    const { asked, pass, answered } = open("Sure! Here is one:\nPrimes");
    answered();
    await pass();
    answered();
    await pass();
    expect({ title: title(), times: asked.length }).toEqual({ title: "What are primes?", times: 1 });
  });
});
