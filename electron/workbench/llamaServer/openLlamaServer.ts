import { isAbsolute } from "node:path";
import { toError, WorkbenchError } from "../../contract/errors.ts";
import type { EventListener } from "../../contract/events.ts";
import type {
  LlamaServerState,
  llamaServerCalls,
  ServerPlan,
  ServerSetup,
  StartedServer,
} from "../../contract/llamaServer.ts";
import type { FileModel } from "../../contract/models.ts";
import type { RunningCapability } from "../Capability.ts";
import type { FitOwner } from "../fit/createFit.ts";
import { systemClock } from "../idleTimer.ts";
import type { Library } from "../models/library.ts";
import { Connections } from "../network/Connections.ts";
import { expectOnline } from "../network/expectOnline.ts";
import { isThisMachine } from "../network/isThisMachine.ts";
import type { Network } from "../network/openNetwork.ts";
import type { Servers } from "../servers/openServers.ts";
import { examineProgram, listDevices } from "./examineProgram.ts";
import { type Access, LlamaServer } from "./LlamaServer.ts";
import { recordWorkers } from "./recordWorkers.ts";
import { residentBytes } from "./residentBytes.ts";
import { aliasOf, serverArguments } from "./serverArguments.ts";
import type { KeeperPaths } from "./ServerProcess.ts";
import { SetupFile } from "./SetupFile.ts";

interface Options {
  home: string;
  keeper: KeeperPaths;
  library: Pick<Library, "chooseFile" | "facts">;
  fit: Pick<FitOwner, "placed">;
  network: Network;
  /** Among which it is listed while it runs. Null on the terminal, where only other programs use it. */
  servers: Pick<Servers, "setStarted"> | null;
  /**
   * Asks the user in a dialog that the page cannot answer, before workers on other machines are kept. If left out, there is
   * no way to ask, and they are refused.
   */
  confirmWorkers: ((addresses: readonly string[]) => Promise<boolean>) | undefined;
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
  const { home, library, fit, network, servers, onEvent } = options;
  const file = new SetupFile(home);
  const connections = new Connections({
    network,
    reason: { code: "server", facts: { case: "test", name: "llama-server" } },
    trustedHost: "127.0.0.1",
    mayStayHere: true,
  });
  let access: ServedAccess | null = null;
  let served = { name: "", contextSize: 0 };
  /** The start that is finding out where the model would be placed. */
  let starting: symbol | null = null;
  /** The last plan, if nothing else was chosen meanwhile. */
  let plan: ServerPlan | null = null;
  let chosen = Symbol("chosen");
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
        void servers?.setStarted(null);
      } else endRecord ??= recordWorkers(network, distant, () => void server.stop());
      tell();
    },
    onAccess: (ready) => {
      access = ready === null ? null : { ...ready, name: served.name };
      // While it is started again by itself, it stays listed, so that no other model answers in its place.
      const { name, contextSize } = served;
      if (ready !== null) {
        void servers?.setStarted({ ...ready, modelName: aliasOf(name), contextSize, workers: distant });
      }
    },
    clock: systemClock,
  });

  const current = (): StartedServer => (starting === null ? server.state : { state: "starting" });
  const tell = (): void => onEvent("llamaServer.changed", current());
  const describe = async (): Promise<LlamaServerState> => ({ ...(await file.read()), plan, server: current() });

  function choose(): void {
    plan = null;
    chosen = Symbol("chosen");
  }

  async function expectAgreed(workers: readonly string[]): Promise<void> {
    const { setup } = await file.read();
    const added = workers.filter((worker) => isDistant(worker) && !setup.workers.includes(worker));
    if (added.length === 0) return;
    const { confirmWorkers } = options;
    const origin = added.join(", ");
    if (confirmWorkers === undefined) throw new WorkbenchError("server-not-agreed", { case: "nobodyToAsk", origin });
    if (!(await confirmWorkers(added))) throw new WorkbenchError("server-not-agreed", { case: "declined", origin });
  }

  async function stop(): Promise<void> {
    const wasStarting = starting !== null;
    starting = null;
    await server.stop();
    if (wasStarting) tell();
  }

  async function planned(
    when: "now" | "engine-ready",
  ): Promise<{ plan: ServerPlan; program: string; model: FileModel; setup: ServerSetup; workers: string[] }> {
    const forChosen = chosen;
    const { program, setup } = await file.read();
    if (program === null) throw new WorkbenchError("llama-server-failed", { case: "noProgram" });
    if (setup.modelId === null) throw new WorkbenchError("llama-server-failed", { case: "noModel" });
    const model = await library.chooseFile(setup.modelId);
    const workers = setup.workers.filter(isDistant);
    if (workers.length > 0) expectOnline(await network.freshState());
    const recorded = recordWorkers(network, workers, () => undefined);
    const devices = await listDevices(program.path, setup.workers).finally(recorded);
    const placed = await fit.placed(model, { contextSize: setup.contextSize, devices }, when);
    const args = serverArguments({ path: model.source.path, name: model.name }, setup, placed.placement);
    const found = { ...placed, devices, arguments: args };
    if (chosen === forChosen) plan = found;
    return { plan: found, program: program.path, model, setup, workers };
  }

  return {
    api: {
      async choose(path) {
        if (!isAbsolute(path)) throw new WorkbenchError("llama-server-failed", { case: "notRunnable" }, path);
        await file.change({ program: await examineProgram(path) });
        choose();
        return await describe();
      },
      get access() {
        return access;
      },
    },
    handlers: {
      "llamaServer.state": describe,
      "llamaServer.setUp": async (setup) => {
        await expectAgreed(setup.workers);
        await file.change({ setup });
        choose();
        return await describe();
      },
      "llamaServer.plan": async () => (await planned("engine-ready")).plan,
      "llamaServer.start": async () => {
        const mine = Symbol("start");
        starting = mine;
        tell();
        try {
          // Why an earlier start failed is not said of this one.
          if (server.state.state === "failed") await server.stop();
          const { plan: found, program, model, setup, workers } = await planned("now");
          // It was stopped, or started once more.
          if (starting !== mine) return await describe();
          // It may have been turned on meanwhile.
          if (workers.length > 0) expectOnline(network.state());
          served = { name: model.name, contextSize: setup.contextSize };
          distant = workers;
          starting = null;
          await server.start({ program, args: found.arguments });
        } catch (error) {
          if (starting === mine) {
            starting = null;
            tell();
          }
          throw error;
        }
        if (server.state.state === "failed") throw toError(server.state.problem);
        return await describe();
      },
      "llamaServer.stop": async () => {
        await stop();
        return await describe();
      },
      "llamaServer.log": () => server.log,
    },
    async close() {
      await stop();
      await connections.close();
    },
  };
}

const isDistant = (worker: string): boolean => !isThisMachine(worker.slice(0, worker.lastIndexOf(":")));
