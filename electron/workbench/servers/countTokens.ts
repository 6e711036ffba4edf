import { z } from "zod";
import type { ServerDialect } from "../../contract/servers.ts";
import { promptBody, type WireRequest } from "./dialects.ts";
import { ownUrl } from "./serverAddress.ts";
import type { ServerClient } from "./ServerClient.ts";
import { ServerFailure } from "./serverProblem.ts";

/** A prompt that is counted or shown, but not answered. */
export type AskedPrompt = Pick<WireRequest, "model" | "messages" | "thinking" | "soFar"> & { dialect: ServerDialect };

const textSchema = z.object({ prompt: z.string() });
const tokensSchema = z.object({ tokens: z.array(z.number().int().nonnegative()) });

/** Resolves with the number of tokens of a prompt, on a server that counts them. */
export const countTokens = async (client: ServerClient, asked: AskedPrompt, signal: AbortSignal): Promise<number> =>
  (await read(client, asked, signal)).tokens.length;

/** Resolves with exactly what the model reads, on a server that shows it. */
export async function showPrompt(
  client: ServerClient,
  asked: AskedPrompt,
  signal: AbortSignal,
): Promise<{ text: string; tokens: number[] }> {
  const { text, tokens } = await read(client, asked, signal);
  if (text !== null) return { text, tokens };
  const body = { model: asked.model, tokens };
  return { text: (await ask(client, "detokenize", body, textSchema, signal)).prompt, tokens };
}

/** llama-server writes the prompt and then counts any text; vLLM counts messages. */
async function read(
  client: ServerClient,
  { dialect, model, ...prompt }: AskedPrompt,
  signal: AbortSignal,
): Promise<{ text: string | null; tokens: number[] }> {
  const body = promptBody(prompt);
  if (dialect !== "llama-server") {
    return { text: null, ...(await ask(client, "tokenize", { model, ...body }, tokensSchema, signal)) };
  }
  const { prompt: text } = await ask(client, "apply-template", { model, ...body }, textSchema, signal);
  const content = { model, content: text, add_special: true, parse_special: true };
  return { text, ...(await ask(client, "tokenize", content, tokensSchema, signal)) };
}

async function ask<Schema extends z.ZodType>(
  client: ServerClient,
  name: string,
  body: object,
  schema: Schema,
  signal: AbortSignal,
): Promise<z.output<Schema>> {
  const answer = schema.safeParse(await client.json({ url: ownUrl(client.target.url, name), body, signal }));
  if (answer.success) return answer.data;
  throw new ServerFailure("server-answer-invalid", { server: client.target.name, case: "notUnderstood" });
}
