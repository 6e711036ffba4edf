import { isAbsolute } from "node:path";
import { toError, WorkbenchError } from "../../contract/errors.ts";
import type { EventListener } from "../../contract/events.ts";
import type { LlamaServerState, llamaServerCalls, ServerPlan } from "../../contract/llamaServer.ts";
import type { FileModel } from "../../contract/models.ts";
import type { RunningCapability } from "../Capability.ts";
import type { FitOwner } from "../fit/createFit.ts";
import { systemClock } from "../idleTimer.ts";
import type { Library } from "../models/library.ts";
import { Connections } from "../network/Connections.ts";
import type { NetworkAccess } from "../network/NetworkAccess.ts";
import { examineProgram, listDevices } from "./examineProgram.ts";
import { type Access, LlamaServer } from "./LlamaServer.ts";
import { residentBytes } from "./residentBytes.ts";
import { serverArguments } from "./serverArguments.ts";
import type { KeeperPaths } from "./ServerProcess.ts";
import { SetupFile } from "./SetupFile.ts";

interface Options {
  home: string;
  keeper: KeeperPaths;
  library: Pick<Library, "chooseFile" | "facts">;
  fit: Pick<FitOwner, "placed">;
  network: NetworkAccess;
  onEvent: EventListener;
}

export interface StartedLlamaServer {
  /** Has a program be run that the user chose: not for the page, which names no paths. Rejects with `llama-server-failed`. */
  choose(path: string): Promise<LlamaServerState>;
  /** Where the server answers, and its key. Null while it is not ready. */
  readonly access: ServedAccess | null;
}

/** `name`: of the model. */
export interface ServedAccess extends Access {
  name: string;
}

/** Opens the llama-server that the app runs for models that its own engine cannot place well. */
export function openLlamaServer(options: Options): RunningCapability<typeof llamaServerCalls, StartedLlamaServer> {
  const { home, library, fit, onEvent } = options;
  const file = new SetupFile(home);
  const connections = new Connections({
    network: options.network,
    reason: { code: "server", facts: { case: "test", name: "llama-server" } },
    trustedHost: "127.0.0.1",
    mayStayHere: true,
  });
  let access: ServedAccess | null = null;
  let name = "";
  const server = new LlamaServer({
    keeper: options.keeper,
    async isReady(url) {
      const { statusCode, body } = await connections.request({ url: new URL("/health", url), headers: {} });
      await body.dump();
      return statusCode === 200;
    },
    residentBytes: (pid) => residentBytes(pid),
    onState: (state) => onEvent("llamaServer.changed", state),
    onAccess: (ready) => {
      access = ready === null ? null : { ...ready, name };
    },
    clock: systemClock,
  });

  const describe = async (): Promise<LlamaServerState> => ({ ...(await file.read()), server: server.state });

  async function planned(
    when: "now" | "engine-ready",
  ): Promise<{ plan: ServerPlan; program: string; model: FileModel }> {
    const { program, setup } = await file.read();
    if (program === null) throw new WorkbenchError("llama-server-failed", { case: "noProgram" });
    if (setup.modelId === null) throw new WorkbenchError("llama-server-failed", { case: "noModel" });
    const model = await library.chooseFile(setup.modelId);
    const devices = await listDevices(program.path, setup.workers);
    const placed = await fit.placed(model, { contextSize: setup.contextSize, devices }, when);
    const args = serverArguments({ path: model.source.path, name: model.name }, setup, placed.placement);
    return { plan: { ...placed, devices, arguments: args }, program: program.path, model };
  }

  return {
    api: {
      async choose(path) {
        if (!isAbsolute(path)) throw new WorkbenchError("llama-server-failed", { case: "notRunnable" }, path);
        await file.change({ program: await examineProgram(path) });
        return await describe();
      },
      get access() {
        return access;
      },
    },
    handlers: {
      "llamaServer.state": describe,
      "llamaServer.setUp": async (setup) => {
        await file.change({ setup });
        return await describe();
      },
      "llamaServer.plan": async () => (await planned("engine-ready")).plan,
      "llamaServer.start": async () => {
        const { plan, program, model } = await planned("now");
        name = model.name;
        await server.start({ program, args: plan.arguments });
        if (server.state.state === "failed") throw toError(server.state.problem);
        return await describe();
      },
      "llamaServer.stop": async () => {
        await server.stop();
        return await describe();
      },
      "llamaServer.log": () => ({ lines: server.log }),
    },
    async close() {
      await server.stop();
      await connections.close();
    },
  };
}
