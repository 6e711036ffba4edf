import { z } from "zod";
import { mostServerModels, type ServerDialect, type ServerFindings } from "../../contract/servers.ts";
import { abilitiesOf } from "./dialects.ts";
import type { ReplyWaits } from "./replyWaits.ts";
import { openAiUrl, ownUrl } from "./serverAddress.ts";
import type { ServerClient } from "./ServerClient.ts";
import { familyOfName } from "./serverModel.ts";
import { ServerFailure } from "./serverProblem.ts";
import type { StoredServer } from "./ServersFile.ts";
import { streamReply } from "./streamReply.ts";

/** What is asked in a test: short, and worth a thought. */
const question = "What is 17 + 25? Answer with the number only.";
const testTokens = 48;
/** Of requests that only some servers answer. */
const probeMs = 5000;
const mostNameChars = 500;
const unseemly = /[\p{Cc}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069]/u;

const tokens = z.number().int().positive().nullish().catch(null);
const listSchema = z.object({
  data: z.array(
    z.object({
      id: z.string().min(1).max(mostNameChars),
      owned_by: z.string().nullable().catch(null),
      /** vLLM's and SGLang's. */
      max_model_len: tokens,
      /** llama-server's. */
      meta: z.object({ n_ctx: tokens, n_ctx_train: tokens }).nullish().catch(null),
    }),
  ),
});
type ListedModel = z.output<typeof listSchema>["data"][number];

const propsSchema = z.object({ default_generation_settings: z.object({ n_ctx: tokens }) });
const ollamaSchema = z.object({ version: z.string() });
const lmStudioSchema = z.object({
  data: z.array(
    z.object({ id: z.string(), type: z.string().nullish(), loaded_context_length: tokens, max_context_length: tokens }),
  ),
});

/** Whose models are listed with these owners. */
const owners: Readonly<Record<string, ServerDialect>> = {
  deepseek: "deepseek",
  llamacpp: "llama-server",
  vllm: "vllm",
  sglang: "sglang",
  library: "ollama",
  organization_owner: "lm-studio",
};

/** What a test found out, as it is stored. */
export type Examined = Pick<StoredServer, "dialect" | "abilities" | "models" | "opensThought"> & {
  findings: ServerFindings;
};

interface Options {
  client: ServerClient;
  /** The model to ask. Null: the only one there is, or none. */
  modelName: string | null;
  signal: AbortSignal;
  waits?: ReplyWaits;
}

/** Finds out what a server is, which models it has, and how one of them writes. Rejects with why it could not. */
export async function examineServer({ client, modelName, signal, ...options }: Options): Promise<Examined> {
  const { url, name: server } = client.target;
  const begin = performance.now();
  const listed = listSchema.safeParse(await client.json({ url: openAiUrl(url, "models"), signal }));
  const latencyMs = Math.round(performance.now() - begin);
  if (!listed.success) throw new ServerFailure("server-answer-invalid", { server, case: "notUnderstood" });
  const byName = new Map(listed.data.data.map((model) => [model.id, model]));
  // Names are stored and shown: none may have the key, or characters that hide or turn around what stands beside them.
  const shown = [...byName.values()].filter(({ id }) => !id.includes(client.target.key ?? "\0") && !unseemly.test(id));
  const { dialect, models } = await recognize(client, shown.slice(0, mostServerModels), signal);
  const abilities = abilitiesOf[dialect];
  const nothing = { asked: null, thoughtField: null, counting: null, ttftMs: null, tokensPerSecond: null };
  const found = { dialect, abilities, models, opensThought: false, findings: { latencyMs, ...nothing } };
  const asked = modelName ?? (models.length === 1 ? models[0]?.name : null);
  if (asked === null || asked === undefined) return found;

  let text = "";
  const request = {
    model: asked,
    messages: [{ role: "user", content: question }] as const,
    thinking: "auto" as const,
    sampling: { temperature: null, topP: null, topK: null, minP: null, seed: null },
    maxTokens: testTokens,
    contextSize: null,
    thoughtLimit: null,
    soFar: null,
  };
  const onEvent: Parameters<typeof streamReply>[0]["onEvent"] = (event) => {
    if (event.kind === "piece" && event.part === "answer") text += event.text;
  };
  const reply = await streamReply({ client, dialect, request, opensThought: false, signal, onEvent, ...options });
  signal.throwIfAborted();
  // Without a field for it, and without its beginning, which the prompt has: the text begins within the thought.
  const isUnopened = reply.thoughtField === "none" && text.includes("</think>");
  const isCutThought =
    reply.thoughtField === "none" && familyOfName(asked) === "r1" && reply.stats?.stopReason !== "end";
  const opensThought = isUnopened || isCutThought;
  return {
    ...found,
    opensThought,
    findings: {
      latencyMs,
      asked,
      thoughtField: opensThought ? "tags" : reply.thoughtField,
      counting: abilities.countsTokens ? "tokenize" : reply.hasUsage ? "usage" : "none",
      ttftMs: reply.stats?.ttftMs ?? null,
      tokensPerSecond: reply.stats?.tokensPerSecond ?? null,
    },
  };
}

async function recognize(
  client: ServerClient,
  listed: readonly ListedModel[],
  signal: AbortSignal,
): Promise<Pick<Examined, "models"> & { dialect: ServerDialect }> {
  const { url, host } = client.target;
  const owner = listed.find(({ owned_by }) => owned_by !== null && Object.hasOwn(owners, owned_by))?.owned_by;
  const plain = listed.map((model) => ({ name: model.id, contextLength: model.max_model_len ?? null }));
  const known = host === "api.deepseek.com" ? "deepseek" : owner ? owners[owner] : undefined;
  if (known === "llama-server") {
    const props = await probe(client, ownUrl(url, "props"), propsSchema, signal);
    const running = props?.default_generation_settings.n_ctx;
    const models = listed.map(({ id, meta }) => ({
      name: id,
      contextLength: meta?.n_ctx ?? (listed.length === 1 ? running : null) ?? meta?.n_ctx_train ?? null,
    }));
    return { dialect: known, models };
  }
  if (known !== undefined && known !== "lm-studio") return { dialect: known, models: plain };
  if (known === undefined && (await probe(client, ownUrl(url, "api/version"), ollamaSchema, signal)) !== null) {
    return { dialect: "ollama", models: plain };
  }
  const details = await probe(client, ownUrl(url, "api/v0/models"), lmStudioSchema, signal);
  if (details === null) return { dialect: known ?? "other", models: plain };
  const byName = new Map(details.data.map((each) => [each.id, each]));
  const models = plain
    .filter(({ name }) => byName.get(name)?.type !== "embeddings")
    .map(({ name }) => {
      const about = byName.get(name);
      return { name, contextLength: about?.loaded_context_length ?? about?.max_context_length ?? null };
    });
  return { dialect: "lm-studio", models };
}

/** Resolves with what the server says there, or with null if it says nothing of this kind. */
async function probe<Schema extends z.ZodType>(
  client: ServerClient,
  url: URL,
  schema: Schema,
  signal: AbortSignal,
): Promise<z.output<Schema> | null> {
  try {
    const within = AbortSignal.any([signal, AbortSignal.timeout(probeMs)]);
    return schema.parse(await client.json({ url, signal: within }));
  } catch {
    signal.throwIfAborted();
    return null;
  }
}
