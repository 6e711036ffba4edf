import type { RemoteModel } from "../../contract/models.ts";
import type { CrashMarks } from "../engines/CrashMarks.ts";
import type { Session } from "../engines/Session.ts";
import type { ChoicesStore } from "../models/choicesStore.ts";
import type { Servers } from "./openServers.ts";
import { ServerSession } from "./ServerSession.ts";

interface Parts {
  servers: Pick<Servers, "serverOf" | "open" | "waits">;
  choices: Pick<ChoicesStore, "get">;
  marks: Pick<CrashMarks, "replied">;
}

/** Opens a session with a server's model. Nothing connects before something is asked. Rejects with `server-not-found`. */
export async function openServerSession(
  { servers, choices, marks }: Parts,
  model: RemoteModel,
  signal: AbortSignal,
): Promise<Session> {
  const server = await servers.serverOf(model);
  return new ServerSession({
    open: (what) => servers.open(server, what),
    server,
    model,
    choices: await choices.get(model),
    marks,
    signal,
    waits: servers.waits,
  });
}
