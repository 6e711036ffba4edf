import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from "node:http";
import { text } from "node:stream/consumers";
import { onTestFinished } from "vitest";
import { listenOnLoopback } from "../listenOnLoopback.ts";

/** A request as a scripted server got it. */
export interface GotRequest {
  method: string;
  path: string;
  key: string | null;
  body: Record<string, unknown>;
}
/** What a server does with the requests to one path, each with the next one of several. */
export type Script = (response: ServerResponse, request: GotRequest) => void;

export const json =
  (body: unknown, status = 200, headers: Record<string, string> = {}): Script =>
  (response) => {
    response.writeHead(status, { "content-type": "application/json", ...headers }).end(JSON.stringify(body));
  };

/** Sends events, and says at the end that they are all. */
export const stream = (...events: unknown[]): Script => sent(events.map(eventText).join("") + eventText("[DONE]"));

/** Sends exactly this, and ends the answer. */
export const sent =
  (bytes: string | Uint8Array, contentType = "text/event-stream"): Script =>
  (response) => {
    response.writeHead(200, { "content-type": contentType }).end(bytes);
  };

export const eventText = (event: unknown): string =>
  `data: ${typeof event === "string" ? event : JSON.stringify(event)}\n\n`;

export const delta = (piece: Record<string, unknown>, finish: string | null = null): unknown => ({
  id: "reply-1",
  choices: [{ index: 0, delta: piece, finish_reason: finish }],
});

/** A server of ours on loopback, which does what each path is scripted to do. */
export async function scriptedServer(paths: Record<string, Script | Script[]>) {
  const requests: GotRequest[] = [];
  const listener: RequestListener = (request, response) => void answer(request, response);
  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = "", url: path = "", headers } = request;
    const body = await text(request);
    const key = headers.authorization?.replace(/^Bearer /, "") ?? null;
    const got: GotRequest = {
      method,
      path,
      key,
      body: body === "" ? {} : (JSON.parse(body) as Record<string, unknown>),
    };
    const before = requests.filter((each) => each.path === path).length;
    requests.push(got);
    const scripted = paths[path];
    const script = Array.isArray(scripted) ? scripted[Math.min(before, scripted.length - 1)] : scripted;
    if (script === undefined) json({ error: { message: "There is nothing here." } }, 404)(response, got);
    else script(response, got);
  }
  const server = createServer(listener);
  const port = await listenOnLoopback(server);
  onTestFinished(() => server.closeAllConnections());
  return { url: `http://127.0.0.1:${port}`, host: `127.0.0.1:${port}`, requests };
}
