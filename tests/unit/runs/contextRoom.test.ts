import { beforeEach, describe, expect, it, test } from "vitest";
import { defaultReplySettings } from "../../../electron/contract/defaultReplySettings.ts";
import { earlierSummarySchema } from "../../../electron/contract/earlierSummary.ts";
import type { Message } from "../../../electron/contract/chats.ts";
import type { PromptParams } from "../../../electron/contract/engineProtocol.ts";
import { toProblem, WorkbenchError } from "../../../electron/contract/errors.ts";
import type { Model } from "../../../electron/contract/models.ts";
import { abilitiesOf } from "../../../electron/workbench/servers/dialects.ts";
import type { StoredBranch } from "../../../electron/workbench/chats/storeOperations.ts";
import type { StoredChat } from "../../../electron/workbench/chats/ChatTable.ts";
import type { Engines } from "../../../electron/workbench/engines/openEngines.ts";
import type { SessionReply, WrittenReply } from "../../../electron/workbench/engines/Session.ts";
import { ContextRoom } from "../../../electron/workbench/runs/ContextRoom.ts";
import { listedModel, remoteModel } from "../../support/engine/listedModel.ts";

const contextSize = 1000;

function message(role: Message["role"], text: string, more: Partial<Message> = {}): Message {
  return {
    id: text.slice(0, 8),
    chatId: "c",
    parentId: null,
    role,
    createdAt: 0,
    text,
    thought: null,
    state: "done",
    model: null,
    stats: null,
    problem: null,
    version: { index: 1, count: 1, ids: [] },
    ...more,
  };
}
const chat: StoredChat = {
  id: "c",
  title: "",
  createdAt: 0,
  updatedAt: 0,
  draft: "",
  thinking: "on",
  systemPrompt: "",
  modelId: "nano",
  problem: null,
  place: null,
  promptFrom: null,
  searchesFolder: true,
  edit: null,
  pinned: false,
  folderId: null,
  archived: false,
  pasted: [],
  replySettings: defaultReplySettings,
};

/** Each letter is a token. */
function count({ messages, soFar }: PromptParams): number {
  const text = messages.map(({ content }) => content).join("") + (soFar?.thought ?? "") + (soFar?.answer ?? "");
  return text.length;
}

let sessionModel: Model;
let asked: SessionReply[];
let events: unknown[];
let write: (reply: SessionReply, signal: AbortSignal) => Promise<WrittenReply>;

function openRoom(): ContextRoom {
  const use = ((_model: unknown, _purpose: unknown, signal: AbortSignal, work: (session: unknown) => unknown) =>
    work({
      model: sessionModel,
      contextSize,
      prompt: (params: PromptParams) => {
        const text = params.messages.map(({ role, content }) => `[${role}]${content}`).join("");
        return Promise.resolve({ text, tokens: Array.from(text, (_, index) => index) });
      },
      countTokens: (params: PromptParams) => Promise.resolve(count(params)),
      reply: (reply: SessionReply) => {
        asked.push(reply);
        return write(reply, signal);
      },
    })) as unknown as Engines["use"];
  return new ContextRoom({
    engines: {
      use,
      withLoaded: (_model, signal, work) => use(() => Promise.reject(new Error("not used")), "reply", signal, work),
      loaded: { state: "ready", modelId: "nano", name: "", facts: { contextSize } as never, need: {} as never },
    },
    library: {
      answering: async () => listedModel("nano"),
      answeringFile: async () => listedModel("nano"),
      answeringServer: async () => null,
    },
    onEvent: (...event) => events.push(event),
  });
}

beforeEach(() => {
  sessionModel = { ...listedModel("nano"), name: "R1 Nano" };
  asked = [];
  events = [];
  write = ({ onEvent }) => {
    onEvent({ kind: "piece", part: "answer", text: `\n\nSummary ${asked.length}` });
    return Promise.resolve({ outcome: "done", stats: null });
  };
});

test("what the model will see is the chat as it is sent, with the question that is typed", async () => {
  const messages = [message("user", "one?"), message("assistant", "one!"), message("user", "two?")];
  const told = { ...chat, systemPrompt: "Be brief.", promptFrom: messages[2]?.id ?? "" };
  const text = "[system]Be brief.[user]two?\n\nthree?";
  const shown = await openRoom().nextPrompt({
    chat: told,
    messages: [...messages, message("user", "three?")],
    files: {},
  });
  expect(shown).toEqual({ text, tokens: text.length, contextSize, modelName: "R1 Nano" });
  expect(await openRoom().nextPrompt({ chat: told, messages, files: {} })).toMatchObject({
    text: "[system]Be brief.[user]two?",
  });
});

test("the prompt of a chat is counted without the messages that are left out", async () => {
  const messages = [message("user", "one?"), message("assistant", "one!"), message("user", "two?")];
  expect(await openRoom().countPrompt({ chat, messages, files: {} })).toBe("one?one!two?".length);
  const told = { ...chat, promptFrom: messages[2]?.id ?? "" };
  expect(await openRoom().countPrompt({ chat: told, messages, files: {} })).toBe("two?".length);
});

describe("leaving out the oldest messages", () => {
  const turn = (name: string, letters: number) => [
    message("user", `${name}?`.padEnd(letters, "x")),
    message("assistant", `${name}!`),
  ];

  it("leaves out whole turns, as few as half of the context needs", async () => {
    const messages = [...turn("one", 300), ...turn("two", 300), ...turn("three", 300), ...turn("four", 150)];
    expect(await openRoom().dropOldest({ chat, messages, files: {} })).toBe("three?xx");
    expect(await openRoom().dropOldest({ chat, messages: turn("one", 100), files: {} })).toBeNull();
  });

  it("counts what was written of a reply that ended for want of room", async () => {
    const started = { state: "stopped", thought: "t".repeat(300) } as const;
    const messages = [
      ...turn("one", 300),
      message("user", "two?".padEnd(300, "x")),
      message("assistant", "so", started),
    ];
    expect(await openRoom().dropOldest({ chat, messages, files: {} })).toBe("two?xxxx");
  });

  it("is refused if the reply that filled the context leaves hardly any room with its question alone", async () => {
    const stats = { stopReason: "context" } as Message["stats"];
    const filled = message("assistant", "so", { thought: "t".repeat(660), stats });
    const messages = (question: number) => [...turn("one", 300), message("user", "two?".padEnd(question, "x")), filled];
    expect(await openRoom().dropOldest({ chat, messages: messages(40), files: {} })).toBe("two?xxxx");
    await expect(openRoom().dropOldest({ chat, messages: messages(300), files: {} })).rejects.toMatchObject({
      code: "context-exceeded",
    });
  });

  it("is refused if the last question alone is too long", async () => {
    const messages = [...turn("one", 300), message("user", "long".padEnd(1200, "x"))];
    await expect(openRoom().dropOldest({ chat, messages, files: {} })).rejects.toMatchObject({
      code: "context-exceeded",
      facts: { promptTokens: 1200, contextSize },
    });
  });
});

describe("summarizing the oldest messages", () => {
  const turn = (name: string, letters: number) => [
    message("user", `${name}?`.padEnd(letters, "x")),
    message("assistant", `${name}!`),
  ];
  const signal = new AbortController().signal;
  const summarize = (messages: Message[], more: { files?: StoredBranch["files"]; promptFrom?: string } = {}) =>
    openRoom().summarizeOldest(
      { chat: { ...chat, promptFrom: more.promptFrom ?? null }, messages, files: more.files ?? {} },
      signal,
      (part, parts) => events.push([part, parts]),
    );
  const question = message("user", "last?".padEnd(100, "x"));
  const said = () => asked.map(({ messages: [only] }) => only?.content ?? "").join("\n");

  it("stops before the turns that fit beside it, and is by the model, without a thought", async () => {
    const messages = [...turn("one", 400), ...turn("two", 400), ...turn("three", 150), question];
    const written = await summarize(messages);
    expect(written).toMatchObject({
      messageId: "two!",
      summary: { text: `Summary ${asked.length}`, model: { id: "nano", name: "R1 Nano" } },
    });
    expect(said()).toContain("User: one?");
    expect(said()).toContain("Assistant: two!");
    expect(said()).not.toContain("three");
    expect(asked.map(({ thinking, chat: key, maxTokens }) => [thinking, key, maxTokens])).toEqual(
      asked.map(() => ["off", null, 125]),
    );
    expect(events.map((event) => (event as number[])[0])).toEqual(asked.map((_, index) => index + 1));
    expect(events.at(-1)).toEqual([asked.length, asked.length]);
  });

  it("says which server it was written on", async () => {
    sessionModel = remoteModel(abilitiesOf.vllm);
    const written = await summarize([...turn("one", 900), question]);
    expect(written?.summary.model).toEqual({
      id: "far",
      name: "FAR",
      server: { name: "GPU", host: "gpu.example.org", isThisMachine: false },
    });
    expect(earlierSummarySchema.safeParse(written?.summary).success).toBe(true);
  });

  it("begins with the summary before it, and with what was left out", async () => {
    const [first, reply, ...rest] = [...turn("one", 300), ...turn("two", 500), ...turn("three", 300), question];
    const summary = { text: "the first turn", model: { id: "nano", name: "" }, createdAt: 1 };
    const messages = [first, reply && { ...reply, summary }, ...rest].flatMap((each) => each ?? []);
    await summarize(messages, { promptFrom: "three?xx" });
    expect(said()).toContain("Summary of what came before: the first turn");
    expect(said()).toContain("two!");
    expect(said()).not.toContain("one?");
  });

  it("has the documents of what it is about", async () => {
    const messages = [...turn("one", 50), ...turn("two", 300), ...turn("three", 300), question];
    await summarize(messages, { files: { [messages[0]?.id ?? ""]: [{ name: "a.txt", text: "zebras ".repeat(150) }] } });
    expect(said()).toContain("[file name]: a.txt");
    expect(said().match(/zebras/g)).toHaveLength(150);
    expect(asked.length).toBeGreaterThan(2);
  });

  it("is not written if nothing has to be left out, or it is stopped", async () => {
    expect(await summarize([...turn("one", 50), question])).toBeNull();
    expect(asked).toEqual([]);
    write = () => Promise.resolve({ outcome: "stopped", stats: null });
    expect(await summarize([...turn("one", 900), question])).toBeNull();
  });

  it("on request, says whether it was cancelled or not needed", async () => {
    const ask = (room: ContextRoom, messages: Message[]) => room.summarizeOldestNow({ chat, messages, files: {} });
    expect(await ask(openRoom(), [...turn("one", 50), question])).toBe("notNeeded");
    expect(await ask(openRoom(), [...turn("one", 900), question])).toMatchObject({ messageId: "one!" });
    const room = openRoom();
    // Cancelled too late for the model to stop.
    write = ({ onEvent }) => {
      onEvent({ kind: "piece", part: "answer", text: "Summary" });
      return Promise.resolve({ outcome: "done", stats: null });
    };
    const asking = ask(room, [...turn("one", 900), question]);
    room.cancelSummary(chat.id);
    expect(await asking).toBe("cancelled");
  });

  it("is refused if the model writes none, or it leaves no room", async () => {
    const refused = async (messages: Message[], reason: string) =>
      expect(await summarize(messages).catch((error: unknown) => toProblem(error))).toMatchObject({
        code: "summary-failed",
        facts: { case: reason },
      });
    await refused([...turn("one", 900), message("user", "long?".padEnd(700, "x"))], "room");
    expect(asked).toEqual([]);
    const answers = (text: string) => {
      write = ({ onEvent }) => {
        onEvent({ kind: "piece", part: "thought", text: "only thought" });
        onEvent({ kind: "piece", part: "answer", text });
        return Promise.resolve({ outcome: "done", stats: null });
      };
    };
    answers(" \n");
    await refused([...turn("one", 900), question], "empty");
    // Longer than it may be.
    answers("babble ".repeat(150));
    await refused([...turn("one", 900), question], "room");
    write = () => Promise.reject(new WorkbenchError("engine-down"));
    await expect(summarize([...turn("one", 900), question])).rejects.toMatchObject({ code: "engine-down" });
  });

  it("is written anew if it has become too long for the context", async () => {
    const [first, reply] = turn("one", 300);
    const summary = { text: "w".repeat(950), model: { id: "nano", name: "" }, createdAt: 1 };
    const messages = [first, reply && { ...reply, summary }, question].flatMap((each) => each ?? []);
    expect(await summarize(messages)).toMatchObject({ messageId: "one!" });
    expect(said().match(/w{50}/g)?.length).toBeGreaterThan(10);
  });
});

describe("a summary", () => {
  it("is asked for once if the chat fits, without thoughts", async () => {
    const messages = [message("user", "17 + 25?"), message("assistant", "\n\n42", { thought: "secret" })];
    expect(await openRoom().summarize({ chat, messages, files: {} })).toBe("Summary 1");
    const { messages: [question] = [], thinking, maxTokens } = asked[0] ?? {};
    expect(question?.content).toContain("User: 17 + 25?\n\nAssistant: 42");
    expect(question?.content).not.toContain("secret");
    expect([thinking, maxTokens]).toEqual(["off", 125]);
  });

  it("of a long chat is written part by part, each with the summary so far", async () => {
    const messages = [message("user", "first ".repeat(100)), message("assistant", "second ".repeat(100))];
    const summary = await openRoom().summarize({ chat, messages, files: {} });
    expect(summary).toBe(`Summary ${asked.length}`);
    expect(asked.length).toBeGreaterThan(2);
    const said = asked.map(({ messages: [question] }) => question?.content ?? "");
    expect(said[1]).toContain("Summary of what came before:\n\nSummary 1");
    expect(said[0]).not.toContain("second");
    expect(said.at(-1)).toContain("second");
    expect(events.at(-1)).toEqual(["chats.summarizing", { chatId: "c", part: asked.length, parts: asked.length }]);
    expect(said.join(" ").match(/first/g)).toHaveLength(100);
  });

  it("can be cancelled", async () => {
    const room = openRoom();
    write = (_reply, signal) =>
      new Promise((resolve) => {
        signal.addEventListener("abort", () => resolve({ outcome: "stopped", stats: null }));
        room.cancelSummary("c");
      });
    expect(await room.summarize({ chat, messages: [message("user", "x")], files: {} })).toBeNull();
  });

  it("has ended once the room is closed", async () => {
    const room = openRoom();
    let stop: () => void = () => undefined;
    const stopping = new Promise<void>((resolve) => {
      write = (_reply, signal) => {
        signal.addEventListener("abort", () => resolve());
        return new Promise((end) => (stop = () => end({ outcome: "stopped", stats: null })));
      };
    });
    const order: string[] = [];
    const summarized = room.summarize({ chat, messages: [message("user", "x")], files: {} });
    const ended = summarized.then((summary) => order.push(`summary ${summary}`));
    await expect.poll(() => asked.length).toBe(1);
    const closed = room.close().then(() => order.push("closed"));
    await stopping;
    stop();
    await Promise.all([ended, closed]);
    expect(order).toEqual(["summary null", "closed"]);
  });
});
