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
import { expectOnline } from "../network/expectOnline.ts";
import { isThisMachine } from "../network/isThisMachine.ts";
import type { Network } from "../network/openNetwork.ts";
import { examineProgram, listDevices } from "./examineProgram.ts";
import { type Access, LlamaServer } from "./LlamaServer.ts";
import { recordWorkers } from "./recordWorkers.ts";
import { residentBytes } from "./residentBytes.ts";
import { serverArguments } from "./serverArguments.ts";
import type { KeeperPaths } from "./ServerProcess.ts";
import { SetupFile } from "./SetupFile.ts";

interface Options {
  home: string;
  keeper: KeeperPaths;
  library: Pick<Library, "chooseFile" | "facts">;
  fit: Pick<FitOwner, "placed">;
  network: Network;
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
  const { home, library, fit, network, onEvent } = options;
  const file = new SetupFile(home);
  const connections = new Connections({
    network,
    reason: { code: "server", facts: { case: "test", name: "llama-server" } },
    trustedHost: "127.0.0.1",
    mayStayHere: true,
  });
  let access: ServedAccess | null = null;
  let name = "";
  /** The workers on other machines that the server was started with last. */
  let distant: string[] = [];
  let endRecord: (() => void) | null = null;
  const server = new LlamaServer({
    keeper: options.keeper,
    async isReady(url) {
      const { statusCode, body } = await connections.request({ url: new URL("/health", url), headers: {} });
      await body.dump();
      return statusCode === 200;
    },
    residentBytes: (pid) => residentBytes(pid),
    onState: (state) => {
      if (state.state === "off" || state.state === "failed") {
        endRecord?.();
        endRecord = null;
      } else endRecord ??= recordWorkers(network, distant, () => void server.stop());
      onEvent("llamaServer.changed", state);
    },
    onAccess: (ready) => {
      access = ready === null ? null : { ...ready, name };
    },
    clock: systemClock,
  });

  const describe = async (): Promise<LlamaServerState> => ({ ...(await file.read()), server: server.state });

  async function planned(
    when: "now" | "engine-ready",
  ): Promise<{ plan: ServerPlan; program: string; model: FileModel; workers: string[] }> {
    const { program, setup } = await file.read();
    if (program === null) throw new WorkbenchError("llama-server-failed", { case: "noProgram" });
    if (setup.modelId === null) throw new WorkbenchError("llama-server-failed", { case: "noModel" });
    const model = await library.chooseFile(setup.modelId);
    const workers = setup.workers.filter((worker) => !isThisMachine(worker.slice(0, worker.lastIndexOf(":"))));
    if (workers.length > 0) expectOnline(await network.freshState());
    const recorded = recordWorkers(network, workers, () => undefined);
    const devices = await listDevices(program.path, setup.workers).finally(recorded);
    const placed = await fit.placed(model, { contextSize: setup.contextSize, devices }, when);
    const args = serverArguments({ path: model.source.path, name: model.name }, setup, placed.placement);
    return { plan: { ...placed, devices, arguments: args }, program: program.path, model, workers };
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
        const { plan, program, model, workers } = await planned("now");
        // It may have been turned on meanwhile.
        if (workers.length > 0) expectOnline(network.state());
        name = model.name;
        distant = workers;
        await server.start({ program, args: plan.arguments });
        if (server.state.state === "failed") throw toError(server.state.problem);
        return await describe();
      },
      "llamaServer.stop": async () => {
        await server.stop();
        return await describe();
      },
    },
    async close() {
      await server.stop();
      await connections.close();
    },
  };
}
