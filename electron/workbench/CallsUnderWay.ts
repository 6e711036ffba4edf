import type { WorkbenchCallName } from "./answerCall.ts";
import { withinMs } from "./withinMs.ts";

/** Nothing is lost if the app ends before these, which may wait for an engine, a disk or the network for long. */
const notWaitedFor: ReadonlySet<string> = new Set<WorkbenchCallName>([
  "catalog.get",
  "chats.countPrompt",
  "chats.nextPrompt",
  "chats.summarize",
  "chats.summarizeOldest",
  "disk.list",
  "documents.count",
  "engine.start",
  "fit.list",
  "fit.measure",
  "fit.of",
  "hardware.profile",
  "hardware.report",
  "hub.listing",
  "hub.read",
  "hub.search",
  "llamaServer.plan",
  "llamaServer.start",
  "models.foreign",
  "models.load",
  "updates.check",
  "updates.download",
]);
const limitMs = 3000;

/** The calls that have not been answered yet. */
export class CallsUnderWay {
  readonly #changes = new Set<Promise<unknown>>();

  /** Returns the answer, and counts its call as under way until then. */
  add<Value>(name: WorkbenchCallName, answer: Promise<Value>): Promise<Value> {
    if (notWaitedFor.has(name)) return answer;
    const ended = answer.then(
      () => void this.#changes.delete(ended),
      () => void this.#changes.delete(ended),
    );
    this.#changes.add(ended);
    return answer;
  }

  /** Resolves once what was asked for is done, however it ended, or takes too long. */
  async settled(): Promise<void> {
    await withinMs(this.#settled(), limitMs);
  }

  async #settled(): Promise<void> {
    while (this.#changes.size > 0) await Promise.all(this.#changes);
  }
}
