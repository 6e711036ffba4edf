import { z } from "zod";
import { mostServerModels, type ServerDialect, type ServerFindings } from "../../contract/servers.ts";
import { abilitiesOf, alwaysThinks } from "./dialects.ts";
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
/** What the models of one server may take in the file of the servers, so that a hundred of them fit. */
const mostListBytes = 90_000;
/** A model there without its name. */
const entryBytes = 120;
const unseemly = /[\p{Cc}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069]/u;

const tokens = z.number().int().positive().nullish().catch(null);
const listSchema = z.object({ data: z.array(z.unknown()) });
const listedSchema = z.object({
  id: z.string().min(1).max(mostNameChars),
  owned_by: z.string().nullable().catch(null),
  /** vLLM's and SGLang's. */
  max_model_len: tokens,
  /** llama-server's. */
  meta: z.object({ n_ctx: tokens, n_ctx_train: tokens }).nullish().catch(null),
});
type ListedModel = z.output<typeof listedSchema>;

const propsSchema = z.object({ default_generation_settings: z.object({ n_ctx: tokens }) });
const ollamaSchema = z.object({ version: z.string() });
/** LM Studio's since 0.4. */
const lmStudioSchema = z.object({
  models: z.array(
    z.object({
      key: z.string(),
      type: z.string().nullish(),
      loaded_instances: z
        .array(z.object({ id: z.string(), config: z.object({ context_length: tokens }).nullish().catch(null) }))
        .catch([]),
      max_context_length: tokens,
      capabilities: z
        .object({
          reasoning: z
            .object({ allowed_options: z.array(z.string()) })
            .nullish()
            .catch(null),
        })
        .nullish()
        .catch(null),
    }),
  ),
});
/** What earlier ones have. They tell nothing about thoughts. */
const earlierLmStudioSchema = z.object({
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
export type Examined = Pick<StoredServer, "dialect" | "models" | "opensThought"> & {
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
  const { kept, leftOut } = keptModels(listed.data.data, client.target.key);
  const { dialect, models } = await recognize(client, kept, signal);
  const nothing = { asked: null, thoughtField: null, counting: null, ttftMs: null, tokensPerSecond: null };
  const found = { dialect, models, opensThought: false, findings: { latencyMs, leftOut, ...nothing } };
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
    schema: null,
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
      leftOut,
      asked,
      thoughtField: opensThought ? "tags" : reply.thoughtField,
      counting: abilitiesOf[dialect].countsTokens ? "tokenize" : reply.hasUsage ? "usage" : "none",
      ttftMs: reply.stats?.ttftMs ?? null,
      tokensPerSecond: reply.stats?.tokensPerSecond ?? null,
    },
  };
}

/** Returns the models that can be kept, each once, and how many more there are. */
function keptModels(data: readonly unknown[], key: string | null): { kept: ListedModel[]; leftOut: number } {
  const byName = new Map<string, ListedModel>();
  let leftOut = 0;
  let bytes = 0;
  for (const entry of data) {
    const model = listedSchema.safeParse(entry).data;
    if (model !== undefined && byName.has(model.id)) continue;
    bytes += model === undefined ? 0 : entryBytes + Buffer.byteLength(JSON.stringify(model.id));
    const hasRoom = byName.size < mostServerModels && bytes <= mostListBytes;
    if (model !== undefined && hasRoom && isShown(model.id, key)) byName.set(model.id, model);
    else leftOut++;
  }
  return { kept: [...byName.values()], leftOut };
}

/** Names are stored and shown: none may have the key, or characters that hide or turn around what stands beside them. */
const isShown = (name: string, key: string | null): boolean =>
  !(key !== null && name.includes(key)) && !unseemly.test(name);

async function recognize(
  client: ServerClient,
  listed: readonly ListedModel[],
  signal: AbortSignal,
): Promise<Pick<Examined, "models"> & { dialect: ServerDialect }> {
  const { url, host } = client.target;
  const owner = listed.find(({ owned_by }) => owned_by !== null && Object.hasOwn(owners, owned_by))?.owned_by;
  const plain = listed.map((model) => ({
    name: model.id,
    contextLength: model.max_model_len ?? null,
    skipsThinking: null,
  }));
  const known = host === "api.deepseek.com" ? "deepseek" : owner ? owners[owner] : undefined;
  if (known === "deepseek") {
    const models = plain.map((model) => ({ ...model, skipsThinking: alwaysThinks(model.name) ? false : null }));
    return { dialect: known, models };
  }
  if (known === "llama-server") {
    const props = await probe(client, ownUrl(url, "props"), propsSchema, signal);
    const running = props?.default_generation_settings.n_ctx;
    const models = listed.map(({ id, meta }) => ({
      name: id,
      contextLength: meta?.n_ctx ?? (listed.length === 1 ? running : null) ?? meta?.n_ctx_train ?? null,
      skipsThinking: null,
    }));
    return { dialect: known, models };
  }
  if (known !== undefined && known !== "lm-studio") return { dialect: known, models: plain };
  if (known === undefined && (await probe(client, ownUrl(url, "api/version"), ollamaSchema, signal)) !== null) {
    return { dialect: "ollama", models: plain };
  }
  const details = await lmStudioModels(client, signal);
  if (details === null) return { dialect: known ?? "other", models: plain };
  const models = plain
    .filter(({ name }) => details.get(name)?.isEmbedding !== true)
    .map(({ name }) => {
      const about = details.get(name);
      return { name, contextLength: about?.contextLength ?? null, skipsThinking: about?.skipsThinking ?? null };
    });
  return { dialect: "lm-studio", models };
}

/** Resolves with what LM Studio says about its models, by their names, or with null if it is none. */
async function lmStudioModels(
  client: ServerClient,
  signal: AbortSignal,
): Promise<Map<string, { isEmbedding: boolean; contextLength: number | null; skipsThinking: boolean }> | null> {
  const { url } = client.target;
  const now = await probe(client, ownUrl(url, "api/v1/models"), lmStudioSchema, signal);
  if (now !== null) {
    const entries = now.models.flatMap(
      ({ key, type, loaded_instances: loaded, max_context_length: most, capabilities }) => {
        const skipsThinking = capabilities?.reasoning?.allowed_options.includes("off") === true;
        const about = (contextLength: number | null) => ({
          isEmbedding: type === "embedding",
          contextLength,
          skipsThinking,
        });
        const first = loaded[0]?.config?.context_length ?? most ?? null;
        const instances = loaded.map(({ id, config }) => [id, about(config?.context_length ?? most ?? null)] as const);
        return [[key, about(first)] as const, ...instances];
      },
    );
    return new Map(entries);
  }
  const earlier = await probe(client, ownUrl(url, "api/v0/models"), earlierLmStudioSchema, signal);
  if (earlier === null) return null;
  return new Map(
    earlier.data.map(({ id, type, loaded_context_length: loaded, max_context_length: most }) => [
      id,
      { isEmbedding: type === "embeddings", contextLength: loaded ?? most ?? null, skipsThinking: false },
    ]),
  );
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
