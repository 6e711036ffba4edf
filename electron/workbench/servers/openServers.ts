import type { EventListener } from "../../contract/events.ts";
import { toProblem, WorkbenchError } from "../../contract/errors.ts";
import { foldText } from "../../contract/foldText.ts";
import { startedServerId } from "../../contract/llamaServerLimits.ts";
import type { RemoteModel } from "../../contract/models.ts";
import { mostServers, type Server, type ServerList, type serversCalls } from "../../contract/servers.ts";
import type { RunningCapability } from "../Capability.ts";
import type { Secrets } from "../hub/HubToken.ts";
import type { NetworkAccess } from "../network/NetworkAccess.ts";
import type { Network } from "../network/openNetwork.ts";
import type { ResolveProxy } from "../network/proxyAddress.ts";
import type { Notices } from "../Notices.ts";
import { checkedCertificate, describeCertificate } from "./certificate.ts";
import { abilitiesOf } from "./dialects.ts";
import { type Examined, examineServer } from "./examineServer.ts";
import type { ReplyWaits } from "./replyWaits.ts";
import { type ServerAddress, serverAddress } from "./serverAddress.ts";
import { type RefusedFields, ServerClient } from "./ServerClient.ts";
import { checkedKey, type KeyOwner, ServerKeys } from "./ServerKeys.ts";
import { hashOf, remoteModelId, remoteModels, slugOf } from "./serverModel.ts";
import { ServersFile, type StoredServer } from "./ServersFile.ts";

export interface ServersOptions {
  home: string;
  secrets: Secrets | undefined;
  network: NetworkAccess & Pick<Network, "freshState">;
  resolveProxy: ResolveProxy | undefined;
  /**
   * Asks the user in a dialog that the page cannot answer, before a server on another machine is added. If left out, there is
   * no way to ask, and it is refused.
   */
  confirmServer: ((origin: string) => Promise<boolean>) | undefined;
  notices: Pick<Notices, "add">;
  /** Called when the models of the servers have changed. */
  onModels: () => void;
  onEvent: EventListener;
  /** For tests: other waits. */
  waits?: ReplyWaits | undefined;
}

/** What a connection is made for, as the record of connections says it. */
export type ServerTask = "reply" | "test" | "count" | "benchmark";

/** What other parts of the app do with servers. */
export interface Servers {
  /** Resolves with the models of all servers, as they were listed at the last test. */
  models: () => Promise<RemoteModel[]>;
  /** Resolves with the server of a model. Rejects with `server-not-found`. */
  serverOf: (model: RemoteModel) => Promise<StoredServer>;
  /**
   * Resolves with a client for one task, which must be closed. Rejects with `server-key-missing` or `server-key-malformed`.
   */
  open: (server: StoredServer, what: ServerTask) => Promise<ServerClient>;
  /**
   * Lists the llama-server that the app itself runs, and tests it; null: it has ended. Nothing of it is stored. Resolves
   * once it was tested; how that went is listed too.
   */
  setStarted: (started: StartedAccess | null) => Promise<void>;
  /** For tests: other waits. */
  waits: ReplyWaits | undefined;
}

export interface StartedAccess {
  url: string;
  key: string;
  /** As it names its model. */
  modelName: string;
  contextSize: number;
  /** The addresses of its workers on other machines: what it computes of a chat goes there. */
  workers: readonly string[];
}

const startedName = "llama-server";
/** See `writtenAtSchema`. */
const mostHostChars = 300;
const slugChars = 20;

/** Opens the servers that the user added. Nothing connects before something is asked of one of them. */
export function openServers(options: ServersOptions): RunningCapability<typeof serversCalls, Servers> {
  const { network, resolveProxy, notices, onModels, onEvent, waits } = options;
  const file = new ServersFile(options.home, (aside) =>
    notices.add({ code: "servers-damaged", facts: { file: aside } }),
  );
  const keys = new ServerKeys(options.secrets ?? null);
  /** What the servers refused, by their address: until the app quits, or the server is tested. */
  const refused = new Map<string, RefusedFields>();
  /** The tests that are under way, by the server's id. */
  const testing = new Map<string, AbortController>();
  /** The server that the app itself runs. */
  let started: { stored: StoredServer; key: string; workers: readonly string[] } | null = null;

  /** Returns where a server is. One with workers on other machines is where they are. */
  function placeOf({ id, url }: StoredServer): ServerAddress {
    const address = serverAddress(url, true);
    const workers = id === startedServerId ? (started?.workers ?? []) : [];
    if (workers.length === 0) return address;
    return { ...address, host: workers.join(", ").slice(0, mostHostChars), isThisMachine: false };
  }

  async function describe(stored: StoredServer): Promise<Server> {
    const { id, name, url, keyVariable, dialect, models, certificate } = stored;
    const { host, isThisMachine, isEncrypted } = placeOf(stored);
    return {
      id,
      name,
      url,
      host,
      isThisMachine,
      // Nobody reads it on its way: it has none.
      isEncrypted: isEncrypted || isThisMachine,
      dialect,
      abilities: abilitiesOf[dialect ?? "other"],
      keyFrom: id === startedServerId ? "app" : await keys.from(ownerOf(stored)),
      keyVariable,
      certificate: certificate === null ? null : describeCertificate(certificate),
      models: models.map(({ name: model, contextLength }) => ({
        modelId: remoteModelId(id, model),
        name: model,
        contextLength,
      })),
      test: testing.has(id) ? { state: "running" } : stored.test,
    };
  }

  const everyServer = async (): Promise<StoredServer[]> => [
    ...(started === null ? [] : [started.stored]),
    ...(await file.read()),
  ];

  async function list(): Promise<ServerList> {
    return { servers: await Promise.all((await everyServer()).map(describe)), canKeepKey: keys.canKeep };
  }

  /** Does nothing if the keychain cannot be changed now: it is tried again with the next list. */
  async function forgetOthersKeys(): Promise<void> {
    const readOwners = async () => (await file.readIfThere())?.map(ownerOf) ?? null;
    await keys.forgetOthers(readOwners).catch(() => undefined);
  }

  async function changed(): Promise<void> {
    onEvent("servers.changed", await list());
  }

  /** Resolves with a server; with one that the user added, where it is to be changed. Rejects with `server-not-found`. */
  async function find(serverId: string, among = everyServer): Promise<StoredServer> {
    const stored = (await among()).find(({ id }) => id === serverId);
    if (stored === undefined) throw new WorkbenchError("server-not-found");
    return stored;
  }

  /** Changes one server. Does nothing if it was removed meanwhile. */
  async function update(serverId: string, change: (server: StoredServer) => StoredServer): Promise<void> {
    if (serverId !== startedServerId) {
      await file.change((stored) => stored.map((server) => (server.id === serverId ? change(server) : server)));
    } else if (started !== null) started.stored = change(started.stored);
  }

  async function expectAgreed({ isThisMachine, origin }: ServerAddress): Promise<void> {
    if (isThisMachine) return;
    const { confirmServer } = options;
    if (confirmServer === undefined) throw new WorkbenchError("server-not-agreed", { case: "nobodyToAsk", origin });
    if (!(await confirmServer(origin))) throw new WorkbenchError("server-not-agreed", { case: "declined", origin });
  }

  async function open(stored: StoredServer, what: ServerTask): Promise<ServerClient> {
    const { name, url, dialect, certificate } = stored;
    const key = stored.id === startedServerId ? keyOfStarted(stored) : await keys.get(ownerOf(stored));
    // Another process may have turned Offline on, which not every file system reports.
    await network.freshState();
    const { host } = serverAddress(url, true);
    const known = refused.get(url) ?? new Map<string, readonly string[]>();
    refused.set(url, known);
    return new ServerClient({
      target: { name, url, host, dialect, certificate, key },
      refused: known,
      network,
      resolveProxy,
      reason: { code: "server", facts: { case: what, name } },
    });
  }

  /** Another program may have the port of one that was started before. */
  const keyOfStarted = (stored: StoredServer): string | null =>
    started !== null && isSame(started.stored, stored) ? started.key : null;

  async function examine(client: ServerClient, modelName: string | null, signal: AbortSignal): Promise<Examined> {
    try {
      return await examineServer({ client, modelName, signal, ...(waits && { waits }) });
    } finally {
      await client.close();
    }
  }

  /** What the test finds out is stored, also that it failed. A cancelled one leaves everything as it was. */
  async function test(serverId: string, modelName: string | null): Promise<void> {
    const stored = await find(serverId);
    testing.get(serverId)?.abort();
    const stopping = new AbortController();
    testing.set(serverId, stopping);
    await changed();
    const { signal } = stopping;
    try {
      refused.delete(stored.url);
      const client = await open(stored, "test");
      const { findings, ...found } = await examine(client, modelName, signal);
      const done = { state: "done" as const, at: Date.now(), findings };
      await update(serverId, (server) => (isSame(server, stored) ? { ...server, ...found, test: done } : server));
    } catch (error) {
      if (!signal.aborted) {
        const failed = { state: "failed" as const, at: Date.now(), problem: toProblem(error) };
        await update(serverId, (server) => (isSame(server, stored) ? { ...server, test: failed } : server));
      }
    } finally {
      if (testing.get(serverId) === stopping) testing.delete(serverId);
    }
    await changed();
    onModels();
  }

  void forgetOthersKeys();
  return {
    api: {
      models: async () => (await everyServer()).flatMap((stored) => remoteModels(stored, placeOf(stored))),
      async setStarted(access) {
        // Started again by itself: what was found out is still true.
        if (access !== null && access.key === started?.key) return;
        testing.get(startedServerId)?.abort();
        started = access && { key: access.key, stored: startedServer(access), workers: access.workers };
        await changed();
        onModels();
        // It may have ended meanwhile.
        if (access !== null && access.key === started?.key) await test(startedServerId, null);
      },
      async serverOf({ source }) {
        const stored = await find(source.serverId);
        // It may have moved since the model was listed, and what was meant for one machine must not go to another.
        if (placeOf(stored).host !== source.host) throw new WorkbenchError("server-not-found");
        return stored;
      },
      open,
      waits,
    },
    handlers: {
      "servers.list": async () => {
        await forgetOthersKeys();
        return await list();
      },
      "servers.add": async ({ name, url, key, keyVariable, certificate, allowsPlainHttp }) => {
        const address = serverAddress(url, allowsPlainHttp);
        const checked = { key: key === null ? null : checkedKey(key), certificate: checkedPem(certificate) };
        expectFree(await file.read(), name);
        await expectAgreed(address);
        let stored: StoredServer | null = null;
        await file.change((all) => {
          expectFree(all, name);
          if (all.length >= mostServers) throw new WorkbenchError("servers-full", { case: "most", most: mostServers });
          stored = {
            ...newServer({ id: freeId(all, name, address.url), name, url: address.url }),
            keyVariable,
            certificate: checked.certificate,
          };
          return [...all, stored];
        });
        const added = stored as StoredServer | null;
        if (added === null) throw new WorkbenchError("server-not-found");
        await keys.set(ownerOf(added), checked.key);
        await changed();
        return await describe(added);
      },
      "servers.change": async ({ serverId, name, url, key, keyVariable, certificate, allowsPlainHttp }) => {
        const before = await find(serverId, () => file.read());
        const address = serverAddress(url ?? before.url, allowsPlainHttp || url === undefined);
        const given = {
          key: key === undefined || key === null ? key : checkedKey(key),
          certificate: certificate === undefined ? undefined : checkedPem(certificate),
        };
        const hasMoved = address.origin !== ownerOf(before).origin;
        if (hasMoved) await expectAgreed(address);
        await file.change((all) => {
          if (name !== undefined) {
            expectFree(
              all.filter(({ id }) => id !== serverId),
              name,
            );
          }
          return all.map((server) => {
            if (server.id !== serverId) return server;
            const kept = hasMoved ? { keyVariable: null, certificate: null } : server;
            return {
              ...server,
              name: name ?? server.name,
              url: address.url,
              // What was found out is about another address. The models stay, because chats have chosen them.
              test: address.url === server.url ? server.test : { state: "never" as const },
              keyVariable: keyVariable === undefined ? kept.keyVariable : keyVariable,
              certificate: given.certificate === undefined ? kept.certificate : given.certificate,
            };
          });
        });
        const stored = await find(serverId);
        if (hasMoved) await keys.set(ownerOf(before), null);
        if (given.key !== undefined) await keys.set(ownerOf(stored), given.key);
        await changed();
        onModels();
        return await describe(stored);
      },
      "servers.test": async ({ serverId, modelName }) => {
        await test(serverId, modelName);
        return await describe(await find(serverId));
      },
      "servers.cancelTest": ({ serverId }) => {
        testing.get(serverId)?.abort();
        return null;
      },
      "servers.remove": async ({ serverId }) => {
        const stored = await find(serverId, () => file.read());
        testing.get(serverId)?.abort();
        // First, because a key that nobody can see any more must not stay.
        await keys.set(ownerOf(stored), null);
        await file.change((all) => all.filter(({ id }) => id !== serverId));
        await changed();
        onModels();
        return null;
      },
    },
    close() {
      for (const stopping of testing.values()) stopping.abort();
      return Promise.resolve();
    },
  };
}

/** Returns a server of which nothing is known yet. */
const newServer = (known: Pick<StoredServer, "id" | "name" | "url">): StoredServer => ({
  ...known,
  keyVariable: null,
  certificate: null,
  dialect: null,
  models: [],
  opensThought: false,
  test: { state: "never" },
});

/** Returns the server that the app runs, which can be used before it was tested. */
const startedServer = ({ url, modelName, contextSize }: StartedAccess): StoredServer => ({
  ...newServer({ id: startedServerId, name: startedName, url }),
  dialect: "llama-server",
  models: [{ name: modelName, contextLength: contextSize, skipsThinking: null }],
});

const checkedPem = (text: string | null): string | null => (text === null ? null : checkedCertificate(text));

const ownerOf = ({ id, name, url, keyVariable }: StoredServer): KeyOwner => ({
  id,
  name,
  origin: new URL(url).origin,
  keyVariable,
});

/** Whether what was found out about a server is still true of it. */
const isSame = (one: StoredServer, other: StoredServer): boolean => one.url === other.url;

function expectFree(servers: readonly StoredServer[], name: string): void {
  if (servers.some((server) => foldText(server.name) === foldText(name))) {
    throw new WorkbenchError("server-name-taken", { case: "named", name });
  }
}

/** Returns the same id for the same name and address, so that chats find the models of a server that was added again. */
function freeId(servers: readonly StoredServer[], name: string, url: string): string {
  const taken = new Set(servers.map(({ id }) => id));
  for (let count = 0; ; count++) {
    const id = [slugOf(name, slugChars), hashOf(`${url} ${count || ""}`)].filter(Boolean).join("-");
    if (!taken.has(id)) return id;
  }
}
