import { aboutTokensOf } from "../../contract/aboutTokens.ts";
import type { PromptMessage, PromptParams } from "../../contract/engineProtocol.ts";
import { type FactsOf, WorkbenchError } from "../../contract/errors.ts";
import type { ModelChoices, RemoteModel } from "../../contract/models.ts";
import { canContinue } from "../../contract/modelKinds.ts";
import { removeThought } from "../../contract/removeThought.ts";
import type { CrashMarks } from "../engines/CrashMarks.ts";
import type { Session, SessionReply, WrittenReply } from "../engines/Session.ts";
import { countTokens, showPrompt } from "./countTokens.ts";
import { abilitiesWith, type WireRequest } from "./dialects.ts";
import type { ReplyWaits } from "./replyWaits.ts";
import type { ServerClient } from "./ServerClient.ts";
import { ServerFailure } from "./serverProblem.ts";
import type { StoredServer } from "./ServersFile.ts";
import { streamReply } from "./streamReply.ts";
import { wireSampling } from "./wireSampling.ts";

export interface ServerSessionParts {
  /** Opens a client for one task. It is closed with it. */
  open: (what: "reply" | "count") => Promise<ServerClient>;
  server: Pick<StoredServer, "dialect" | "models" | "opensThought">;
  model: RemoteModel;
  choices: Pick<ModelChoices, "temperature" | "topP" | "topK" | "minP" | "contextSize">;
  marks: Pick<CrashMarks, "replied">;
  signal: AbortSignal;
  waits?: ReplyWaits | undefined;
}

/** A session with a model on a server. Nothing is loaded here, and nothing is kept of what the model reads. */
export class ServerSession implements Session {
  readonly #parts: ServerSessionParts;

  constructor(parts: ServerSessionParts) {
    this.#parts = parts;
  }

  get model(): RemoteModel {
    return this.#parts.model;
  }

  get contextSize(): number | null {
    return this.#parts.choices.contextSize ?? this.model.contextLength;
  }

  async reply({ messages, thinking, soFar, wishes, maxTokens, form, ...reply }: SessionReply): Promise<WrittenReply> {
    const { server, choices, signal, marks, waits } = this.#parts;
    const { modelName, abilities } = this.model.source;
    const { tokens = null, ms = null } = reply.thoughtLimit ?? {};
    const thoughtLimit = tokens === null && ms === null ? null : { tokens, ms };
    if (reply.plainText !== undefined) throw this.#cannot("plainText");
    if (form !== undefined && !abilities.followsSchema) throw this.#cannot("followSchema");
    if (thinking === "off" && !abilities.skipsThinking) throw this.#alwaysThinks();
    if (thoughtLimit !== null && thinking !== "off" && !abilities.endsThought) throw this.#cannot("endThought");
    const request: WireRequest = {
      model: modelName,
      messages: messages.map(withoutThought),
      thinking,
      sampling: wireSampling(this.model, choices, wishes),
      maxTokens,
      contextSize: this.contextSize,
      thoughtLimit,
      soFar: soFar === undefined ? null : this.#continued(soFar),
      schema: form?.schema ?? null,
    };
    const dialect = server.dialect ?? "other";
    // A server that does not tell the thought from the answer has both conform to the schema: there is no thought.
    const opensThought = server.opensThought && thinking !== "off" && form === undefined;
    const { skipThought, onEvent } = reply;
    const written = await this.#with("reply", (client) =>
      streamReply({ client, dialect, request, opensThought, signal, skipThought, onEvent, ...(waits && { waits }) }),
    );
    const { outcome, stats } = written;
    if (stats !== null) await marks.replied(this.model, stats, null);
    return { outcome, stats };
  }

  /** Does nothing: what is not asked for is not sent. */
  readAhead(): Promise<null> {
    return Promise.resolve(null);
  }

  async prompt({ messages, ...params }: PromptParams): Promise<{ text: string; tokens: number[] } | null> {
    if (!this.model.source.abilities.showsPrompt) throw this.#cannot("showPrompt");
    return await this.#ask((client) => showPrompt(client, this.#about({ messages, ...params }), this.#parts.signal));
  }

  /** Estimated if the server does not count, or if what stands before it only lets replies through. */
  async countTokens({ messages, ...params }: PromptParams): Promise<number | null> {
    if (this.model.source.abilities.countsTokens) {
      try {
        return await this.#ask((client) =>
          countTokens(client, this.#about({ messages, ...params }), this.#parts.signal),
        );
      } catch (error) {
        if (!(error instanceof ServerFailure) || error.facts?.["status"] !== 404) throw error;
      }
    }
    return aboutTokensOf(messages.map(withoutThought));
  }

  #about({ messages, thinking, soFar }: PromptParams) {
    const dialect = this.#parts.server.dialect ?? "other";
    const model = this.model.source.modelName;
    return { dialect, model, messages: messages.map(withoutThought), thinking, soFar: soFar ?? null };
  }

  #continued(soFar: NonNullable<WireRequest["soFar"]>): WireRequest["soFar"] {
    if (!canContinue(this.model, soFar)) throw this.#cannot("continue");
    return soFar;
  }

  async #ask<Result>(work: (client: ServerClient) => Promise<Result>): Promise<Result | null> {
    const { signal } = this.#parts;
    try {
      return await this.#with("count", work);
    } catch (error) {
      if (signal.aborted) return null;
      throw error;
    }
  }

  async #with<Result>(what: "reply" | "count", work: (client: ServerClient) => Promise<Result>): Promise<Result> {
    const client = await this.#parts.open(what);
    try {
      return await work(client);
    } finally {
      await client.close();
    }
  }

  #alwaysThinks(): WorkbenchError {
    const { server } = this.#parts;
    const other = server.models.find((each) => abilitiesWith(server, each).skipsThinking);
    if (other === undefined) return this.#cannot("skipThinking");
    const { serverName } = this.model.source;
    return new WorkbenchError("server-cannot", { server: serverName, case: "otherModel", model: other.name });
  }

  #cannot(what: Exclude<FactsOf<"server-cannot">["case"], "otherModel">): WorkbenchError {
    return new WorkbenchError("server-cannot", { server: this.model.source.serverName, case: what });
  }
}

/** Returns a message as R1's own template has it: without an earlier thought. */
const withoutThought = ({ role, content }: PromptMessage): PromptMessage =>
  role === "assistant" ? { role, content: removeThought(content) } : { role, content };
