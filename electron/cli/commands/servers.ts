import { toError, WorkbenchError } from "../../contract/errors.ts";
import { foldText } from "../../contract/foldText.ts";
import type { Server } from "../../contract/servers.ts";
import { serverLine } from "../../texts/serverLine.ts";
import { serverAddress } from "../../workbench/servers/serverAddress.ts";
import type { Workbench } from "../../workbench/workbench.ts";
import type { CommandOf } from "../commandLine.ts";
import type { CommandRun } from "../CommandRun.ts";
import { readTextFile } from "../readText.ts";
import { terminalText } from "../terminalText.ts";

/** `r1 servers`: lists the servers, adds one, finds out what one can do, or removes it. */
export async function servers(command: CommandOf<"servers">, run: CommandRun): Promise<number> {
  const { terminal, cancelling } = run;
  const workbench = await run.open();
  const { servers: known } = await workbench.call("servers.list", {});
  if (command.action === "list") {
    if (terminal.json) terminal.document(known.map(serverDocument));
    else if (known.length === 0) terminal.write(`${terminal.texts.say("cli:servers.none")}\n`);
    else for (const server of known) terminal.write(`${terminalText(serverLine(terminal.texts, server))}\n`);
    return 0;
  }
  if (command.action === "add") {
    const added = await add(workbench, command, { known, signal: cancelling });
    const tested = await test(workbench, added, { model: null, signal: cancelling });
    if (cancelling.aborted) return 130;
    show(tested, run);
    return 0;
  }
  const server = named(known, command.server);
  if (command.action === "remove") {
    await workbench.call("servers.remove", { serverId: server.id });
    if (terminal.json) terminal.document({ name: server.name, removed: true });
    else terminal.write(`${terminal.texts.say("cli:servers.removed", { name: terminalText(server.name) })}\n`);
    return 0;
  }
  const tested = await test(workbench, server, { model: command.model, signal: cancelling });
  if (cancelling.aborted) return 130;
  if (tested.test.state === "failed") throw toError(tested.test.problem);
  show(tested, run);
  return 0;
}

/** A server that is added again with the same address gets the variable and the certificate that are given now. */
async function add(
  workbench: Workbench,
  {
    server: name,
    url,
    keyVariable,
    certificateFile,
    allowsPlainHttp,
  }: Extract<CommandOf<"servers">, { action: "add" }>,
  { known, signal }: { known: readonly Server[]; signal: AbortSignal },
): Promise<Server> {
  const certificate = certificateFile === null ? null : await readTextFile(certificateFile, signal);
  const same = known.find((server) => isNamed(server, name));
  if (same === undefined || same.url !== serverAddress(url, allowsPlainHttp || !same.isEncrypted).url) {
    return await workbench.call("servers.add", { name, url, keyVariable, certificate, allowsPlainHttp });
  }
  return await workbench.call("servers.change", { serverId: same.id, keyVariable, certificate });
}

async function test(
  workbench: Workbench,
  { id: serverId }: Server,
  { model, signal }: { model: string | null; signal: AbortSignal },
): Promise<Server> {
  const cancel = (): void => void workbench.call("servers.cancelTest", { serverId });
  signal.addEventListener("abort", cancel, { once: true });
  return await workbench
    .call("servers.test", { serverId, modelName: model })
    .finally(() => signal.removeEventListener("abort", cancel));
}

function show(server: Server, { terminal }: CommandRun): void {
  if (terminal.json) return terminal.document(serverDocument(server));
  terminal.write(`${terminalText(serverLine(terminal.texts, server))}\n`);
  const leftOut = server.test.state === "done" ? server.test.findings.leftOut : 0;
  if (leftOut > 0) terminal.aside(`${terminal.texts.say("servers:leftOut", { count: leftOut })}\n`);
  for (const { modelId, name } of server.models) terminal.write(`  ${modelId}  ${terminalText(name)}\n`);
}

function named(servers: readonly Server[], name: string): Server {
  const found = servers.find((server) => isNamed(server, name) || server.id === name);
  if (found === undefined) throw new WorkbenchError("server-not-found", { case: "named", name });
  return found;
}

const isNamed = (server: Server, name: string): boolean => foldText(server.name) === foldText(name.trim());

/** Returns a server for scripts. Of its key, only where it is kept. */
const serverDocument = ({
  id,
  name,
  url,
  isThisMachine,
  dialect,
  models,
  keyFrom,
  keyVariable,
  test: last,
}: Server) => ({
  id,
  name,
  url,
  isThisMachine,
  dialect,
  models: models.map(({ modelId, name: model, contextLength }) => ({ id: modelId, name: model, contextLength })),
  keyFrom,
  keyVariable,
  test: last,
});
