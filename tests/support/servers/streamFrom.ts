import { onTestFinished } from "vitest";
import type { GenerateEvent } from "../../../electron/contract/engineProtocol.ts";
import { toProblem } from "../../../electron/contract/errors.ts";
import type { ServerDialect } from "../../../electron/contract/servers.ts";
import type { WireRequest } from "../../../electron/workbench/servers/dialects.ts";
import { replyWaits, type ReplyWaits } from "../../../electron/workbench/servers/replyWaits.ts";
import { type RefusedFields, ServerClient } from "../../../electron/workbench/servers/ServerClient.ts";
import { streamReply, type StreamReplyOptions } from "../../../electron/workbench/servers/streamReply.ts";
import { testNetwork, type TestNetwork } from "../testNetwork.ts";

/** Repeats at once, so that no test waits. */
export const quickWaits: ReplyWaits = { ...replyWaits, retryMs: [1, 1] };
export const testKey = "sk-secret-0123456789";

export interface StreamWishes extends Partial<Pick<StreamReplyOptions, "opensThought" | "skipThought" | "limits">> {
  dialect?: ServerDialect;
  request?: Partial<WireRequest>;
  waits?: Partial<ReplyWaits>;
  signal?: AbortSignal;
  key?: string | null;
  certificate?: string | null;
  network?: TestNetwork;
  /** What the server has refused before. */
  refused?: RefusedFields;
  onEvent?: (event: GenerateEvent) => void;
}

/** Resolves with what was written, and with how it ended: the reply, or the problem. */
export async function streamFrom(url: string, wishes: StreamWishes = {}) {
  const { dialect = "other", key = testKey, signal = new AbortController().signal } = wishes;
  const target = { name: "Test", url, host: new URL(url).host, dialect, certificate: wishes.certificate ?? null, key };
  const { network = testNetwork() } = wishes;
  const reason = { code: "server", facts: { case: "reply", name: "Test" } } as const;
  const client = new ServerClient({
    target,
    network,
    reason,
    resolveProxy: undefined,
    ...(wishes.refused && { refused: wishes.refused }),
  });
  onTestFinished(() => client.close());
  const written = { thought: "", answer: "" };
  const reply = await streamReply({
    client,
    dialect,
    request: {
      model: "r1",
      messages: [{ role: "user", content: "Why?" }],
      thinking: "on",
      sampling: { temperature: 0.6, topP: 0.95, topK: 0, minP: 0, seed: 1 },
      maxTokens: null,
      contextSize: null,
      thoughtLimit: null,
      soFar: null,
      schema: null,
      ...wishes.request,
    },
    opensThought: wishes.opensThought ?? false,
    signal,
    skipThought: wishes.skipThought,
    waits: { ...quickWaits, ...wishes.waits },
    ...(wishes.limits && { limits: wishes.limits }),
    onEvent(event) {
      if (event.kind === "piece") written[event.part] += event.text;
      wishes.onEvent?.(event);
    },
  }).catch((error: unknown) => toProblem(error));
  return { ...written, reply, problem: "code" in reply ? reply : null };
}
