import type { IncomingMessage, ServerResponse } from "node:http";
import type { ApiEndpoint } from "../contract/apiServer.ts";
import { toProblem, WorkbenchError } from "../contract/errors.ts";
import { isRemoteId } from "../workbench/servers/serverModel.ts";
import type { Workbench } from "../workbench/workbench.ts";
import { answerReply } from "./answerReply.ts";
import { ApiFailure } from "./ApiFailure.ts";
import { chatParameters } from "./chatParameters.ts";
import { ChatShape } from "./ChatShape.ts";
import { completionParameters } from "./completionParameters.ts";
import { CompletionShape } from "./CompletionShape.ts";
import { expectPossible } from "./expectPossible.ts";
import { listedModel, offeredModel, offeredModels } from "./offeredModels.ts";
import { parseBody } from "./parseBody.ts";
import { readBody } from "./readBody.ts";
import { ReplyQueue } from "./ReplyQueue.ts";
import type { ReplyShape } from "./ReplyShape.ts";
import type { ReplyWish } from "./ReplyWish.ts";
import type { RequestLog, Sender } from "./RequestLog.ts";
import { responseParameters } from "./responseParameters.ts";
import { ResponseShape } from "./ResponseShape.ts";

/** What a request asks for, and how its answer looks for the model with this id. */
interface ReadRequest {
  wish: ReplyWish;
  shapeFor: (model: string) => ReplyShape;
}

const replies: Record<string, { endpoint: ApiEndpoint; read: (body: Record<string, unknown>) => ReadRequest }> = {
  "/chat/completions": {
    endpoint: "chat",
    read: (body) => {
      const wish = chatParameters(body);
      return { wish, shapeFor: (model) => new ChatShape({ ...wish, model }) };
    },
  },
  "/completions": {
    endpoint: "completion",
    read: (body) => {
      const wish = completionParameters(body);
      return { wish, shapeFor: (model) => new CompletionShape({ ...wish, model }) };
    },
  },
  "/responses": {
    endpoint: "response",
    read: (body) => {
      const wish = responseParameters(body);
      return { wish, shapeFor: (model) => new ResponseShape(model, wish) };
    },
  },
};

/** Answers requests that the guard has let pass. Nothing but models and replies can be reached here. */
export class Routes {
  readonly #workbench: Pick<Workbench, "call" | "answerProgram">;
  readonly #log: RequestLog;
  readonly #failureOf: (error: unknown) => ApiFailure;
  readonly #queue = new ReplyQueue();
  /** Of what is passed on to servers, which decide themselves what has to wait. */
  readonly #passedOn = new ReplyQueue("all");

  constructor(
    workbench: Pick<Workbench, "call" | "answerProgram">,
    log: RequestLog,
    failureOf: (error: unknown) => ApiFailure,
  ) {
    this.#workbench = workbench;
    this.#log = log;
    this.#failureOf = failureOf;
  }

  /** Rejects with a failure if nothing was sent yet. */
  async answer(request: IncomingMessage, response: ServerResponse, sender: Sender): Promise<void> {
    const [url = ""] = (request.url ?? "").split("?", 1);
    // As with llama-server, /v1 may be left out.
    const path = url.replace(/^\/v1(?=\/)/, "");
    const reply = Object.hasOwn(replies, path) ? replies[path] : undefined;
    if (reply !== undefined) {
      expectMethod(request, "POST");
      return await this.#reply(request, response, { ...reply, sender });
    }
    if (path === "/health") {
      expectMethod(request, "GET");
      return sendJson(request, response, { status: "ok" });
    }
    if (path === "/models") {
      expectMethod(request, "GET");
      const data = (await offeredModels(this.#workbench, sender)).map(listedModel);
      return sendJson(request, response, { object: "list", data });
    }
    const named = /^\/models\/([^/]+)$/.exec(path)?.[1];
    if (named === undefined) throw new ApiFailure(404, { code: "not_found", message: "There is nothing here." });
    expectMethod(request, "GET");
    sendJson(request, response, listedModel(await offeredModel(this.#workbench, decoded(named), sender)));
  }

  async #reply(
    request: IncomingMessage,
    response: ServerResponse,
    { endpoint, read, sender }: (typeof replies)[string] & { sender: Sender },
  ): Promise<void> {
    const body = parseBody(await readBody(request));
    const logged = this.#log.begin(endpoint, sender);
    try {
      const { wish, shapeFor } = read(body);
      // Before the models are listed, which reads files: most requests of many programs go no further.
      const place = (await this.#queueOf(wish.model)).enter();
      try {
        const model = await offeredModel(this.#workbench, wish.model, sender);
        expectPossible(model, wish, endpoint);
        logged.addText(
          "prompt",
          wish.plainText ?? wish.messages.map(({ role, content }) => `${role}: ${content}`).join("\n\n"),
        );
        const shape = shapeFor(model.id);
        const task = { workbench: this.#workbench, modelId: model.id, wish, shape, place, logged, response };
        await answerReply({ ...task, failureOf: this.#failureOf });
      } finally {
        place.leave();
      }
    } catch (error) {
      const failure = this.#failureOf(error);
      const problem = error instanceof WorkbenchError ? toProblem(error) : null;
      const outcome = failure.status === 429 ? "refused" : failure.body.error.code === "stopped" ? "stopped" : "failed";
      logged.update({ outcome, problem, told: failure.message });
      throw error;
    }
  }

  /** Resolves with the queue for a model, which need not exist. Null: the default one. */
  async #queueOf(model: string | null): Promise<ReplyQueue> {
    const id = model ?? (await this.#workbench.call("settings.get", {})).defaultModelId;
    return id !== null && isRemoteId(id) ? this.#passedOn : this.#queue;
  }
}

function expectMethod({ method }: IncomingMessage, allowed: "GET" | "POST"): void {
  if (method === allowed || (allowed === "GET" && method === "HEAD")) return;
  const message = `Only ${allowed} is possible here.`;
  throw new ApiFailure(405, { code: "method_not_allowed", message, headers: { allow: allowed } });
}

function sendJson({ method }: IncomingMessage, response: ServerResponse, value: object): void {
  response.writeHead(200, { "content-type": "application/json" });
  response.end(method === "HEAD" ? undefined : JSON.stringify(value));
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
