import { describe, expect, it } from "vitest";
import { SecondTurns, tokensOf } from "../../support/engine/SecondTurns.ts";
import { openTestWorkbench } from "../../support/openTestWorkbench.ts";

const sum = "What is 17 + 25?";
const other = "What is 2 + 2?";
/** The token that opens a question, and those that end a prompt: `<｜Assistant｜><think>\n`. */
const opening = 1;
const ending = 3;

async function open(options: Parameters<typeof openTestWorkbench>[2] = {}) {
  return new SecondTurns(await openTestWorkbench(undefined, undefined, options));
}

describe("what the second turn reads", () => {
  it("after a reply: the question only, because the answer was read again without its thought", async () => {
    const turns = await open();
    const chatId = await turns.newChat();
    const first = await turns.sendAndReadAhead(chatId, sum);
    const { stats } = await turns.send(chatId, other);
    expect(stats?.cachedTokens).toBe(tokensOf(sum, first) + opening);
    expect(stats?.promptTokens).toBe(tokensOf(sum, first, other) + ending);
  });

  it("after a stop: everything since the thought, which is kept to be continued", async () => {
    const turns = await open();
    const chatId = await turns.newChat();
    const { runId } = await turns.workbench.call("chats.send", { chatId, text: "What is 4321 + 8765?" });
    const stopped = await turns.reply(runId, () => void turns.workbench.call("runs.stop", { runId }));
    expect(stopped.state).toBe("stopped");
    const continued = await turns.workbench.call("chats.continue", { messageId: runId });
    let readTokens = Number.NaN;
    await new Promise<void>((resolve) => {
      turns.workbench.attachRun(continued.runId, (frame) => {
        if (frame.kind === "stage" && frame.stage.stage === "reading") {
          const { promptTokens, cachedTokens } = frame.stage;
          readTokens = promptTokens - cachedTokens;
        }
        if (frame.kind === "ended") resolve();
      });
    });
    // The last tokens of a reply are evaluated one by one, so the one that was written last was not read.
    expect(readTokens).toBeLessThanOrEqual(3);
  });

  it("after a limit: nothing was read ahead", async () => {
    const turns = await open();
    const chatId = await turns.newChat();
    await turns.workbench.call("chats.configure", { chatId, replySettings: { maxTokens: 20 } });
    const first = await turns.send(chatId, sum);
    expect(first.stats?.stopReason).toBe("maxTokens");
    const { stats } = await turns.send(chatId, other);
    expect(stats?.cachedTokens).toBeLessThanOrEqual(tokensOf(sum) + 1);
  });

  it("a reply written again reuses its question, an edited one what it has in common", async () => {
    const turns = await open();
    const chatId = await turns.newChat();
    const first = await turns.sendAndReadAhead(chatId, sum);
    const again = await turns.workbench.call("chats.regenerate", { messageId: first.id });
    const second = await turns.reply(again.runId);
    expect(second.stats?.cachedTokens).toBe(tokensOf(sum) + 1);
    await turns.haveReadAhead();
    const edit = await turns.workbench.call("chats.edit", {
      messageId: first.parentId ?? "",
      text: "What is 17 + 31?",
    });
    const third = await turns.reply(edit.runId);
    expect(third.stats?.cachedTokens).toBe(tokensOf("What is 17 + "));
  });

  it("after a change of versions: the branch from there on", async () => {
    const turns = await open();
    const chatId = await turns.newChat();
    const first = await turns.sendAndReadAhead(chatId, sum);
    const again = await turns.workbench.call("chats.regenerate", { messageId: first.id });
    const second = await turns.reply(again.runId);
    await turns.haveReadAhead();
    await turns.workbench.call("chats.selectVersion", { messageId: first.id });
    const { stats } = await turns.send(chatId, other);
    const shared = commonBytes(first.text, second.text);
    const isSame = first.text === second.text;
    expect(stats?.cachedTokens).toBe(isSame ? tokensOf(sum, first) + opening : tokensOf(sum) + 1 + shared);
  });

  it("a message that comes while it reads ahead is not held up, and what was read is of use", async () => {
    const turns = await open();
    const chatId = await turns.newChat();
    const first = await turns.send(chatId, sum);
    const { stats, state } = await turns.send(chatId, other);
    expect(state).toBe("done");
    expect(stats?.cachedTokens).toBeGreaterThanOrEqual(tokensOf(sum) + 1);
    expect(stats?.cachedTokens).toBeLessThanOrEqual(tokensOf(sum, first) + opening);
  });

  it("on a low battery, nothing is read ahead, unless the user allows it", async () => {
    const turns = await open({ power: async () => ({ source: "battery", batteryPercent: 20, mode: null }) });
    const chatId = await turns.newChat();
    await turns.send(chatId, sum);
    const before = await turns.send(chatId, other);
    expect(before.stats?.cachedTokens).toBeLessThanOrEqual(tokensOf(sum) + 1);
    await turns.workbench.call("settings.change", { readAheadCharge: 10 });
    const allowed = await turns.newChat();
    const first = await turns.sendAndReadAhead(allowed, sum);
    expect((await turns.send(allowed, other)).stats?.cachedTokens).toBe(tokensOf(sum, first) + opening);
  });

  it("the model can be unloaded while it reads ahead, and is not loaded for it", async () => {
    const turns = await open();
    const chatId = await turns.newChat();
    await turns.send(chatId, sum);
    await turns.workbench.call("models.unload", {});
    expect(await turns.workbench.call("models.loaded", {})).toEqual({ state: "none" });
  });
});

function commonBytes(one: string, other: string): number {
  const [a, b] = [Buffer.from(one), Buffer.from(other)];
  let at = 0;
  while (at < a.length && a[at] === b[at]) at++;
  return at;
}
