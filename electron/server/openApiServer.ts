import { join } from "node:path";
import { z } from "zod";
import {
  type ApiServerAnswer,
  type ApiServerInfo,
  type ApiServerSettings,
  apiServerSettingsSchema,
  type ApiServerState,
  type apiServerCalls,
} from "../contract/apiServer.ts";
import { toProblem, WorkbenchError } from "../contract/errors.ts";
import type { EventListener } from "../contract/events.ts";
import { usualApiPort } from "../contract/usualApiPort.ts";
import { atMost } from "../workbench/atMost.ts";
import type { RunningCapability } from "../workbench/Capability.ts";
import { readJsonFile, setAside } from "../workbench/home/readJsonFile.ts";
import { writeFileAtomic } from "../workbench/home/writeFileAtomic.ts";
import type { Workbench } from "../workbench/workbench.ts";
import { hashOfKey, newApiKey } from "./apiKeys.ts";
import { ApiServer } from "./ApiServer.ts";
import { addressesOf, everywhere, loopbacks } from "./listenAddresses.ts";
import { RequestLog } from "./RequestLog.ts";

interface Options {
  home: string;
  workbench: Workbench;
  /** Asks the user, outside the page, whether web pages of an origin may connect. Null: the local network. */
  confirmOpening: (origin: string | null) => Promise<boolean>;
  onEvent: EventListener;
}

interface ApiServerApi {
  /** Starts it if the user wants that whenever the app starts. Never rejects. */
  resume(): Promise<void>;
}

/** Fields that are left out or undefined do not change. */
type SettingsChange = { [Field in keyof ApiServerSettings]?: ApiServerSettings[Field] | undefined };

const fileSchema = z.object({
  ...apiServerSettingsSchema.omit({ keepsContents: true }).shape,
  /** 64 hexadecimal digits, and when the key was made. Null if there is none yet. */
  key: z.object({ sha256: z.string().regex(/^[0-9a-f]{64}$/), madeAt: z.number() }).nullable(),
});
type Kept = z.output<typeof fileSchema>;

const atFirst: Kept = {
  startsWithApp: false,
  port: usualApiPort,
  isOpenToNetwork: false,
  allowedOrigins: [],
  key: null,
};
const maxFileBytes = 100_000;
const tellEveryMs = 250;

/** Resolves with the hashes of the key that the app keeps, for `r1 serve`: at most one. */
export async function keptKeyHashes(home: string): Promise<string[]> {
  const file = await readJsonFile(pathIn(home), fileSchema, maxFileBytes);
  return file.state === "read" && file.value.key !== null ? [file.value.key.sha256] : [];
}

const pathIn = (home: string): string => join(home, "api-server.json");

/** Opens this app as a server: off until it is started. */
export async function openApiServer(options: Options): Promise<RunningCapability<typeof apiServerCalls, ApiServerApi>> {
  const { home, workbench, onEvent } = options;
  const path = pathIn(home);
  const file = await readJsonFile(path, fileSchema, maxFileBytes);
  if (file.state === "damaged") await setAside(path);
  let kept: Kept = file.state === "read" ? file.value : atFirst;
  let state: Exclude<ApiServerState, { state: "on" }> | { state: "on"; port: number } = { state: "off" };
  const log = new RequestLog(() => worked());
  /** Each start, stop and change finds what the one before has left. */
  const inTurn = atMost(1);
  let telling: NodeJS.Timeout | null = null;
  let tellingWork: NodeJS.Timeout | null = null;

  const server = (): ApiServer =>
    new ApiServer({
      workbench,
      log,
      rules: () => ({ origins: kept.allowedOrigins, keyHashes: kept.key === null ? [] : [kept.key.sha256] }),
      onConnections: () => worked(),
    });
  let current: ApiServer | null = null;
  const unsubscribe = workbench.onOffline(() => current?.cutNetwork());

  const info = (): ApiServerInfo => {
    const { key, ...settings } = kept;
    // The addresses change when the computer wakes up in another network.
    const shown =
      state.state === "on" ? { state: "on" as const, addresses: addressesOf(state.port, kept.isOpenToNetwork) } : state;
    return {
      state: shown,
      settings: { ...settings, keepsContents: log.keepsContents },
      keyMadeAt: key?.madeAt ?? null,
      requests: log.requests,
      refusals: [...log.refusals],
      connections: current?.connections ?? 0,
    };
  };

  function changed(): void {
    telling ??= setTimeout(() => {
      telling = null;
      onEvent("apiServer.changed", info());
    }, tellEveryMs);
  }

  /** All requests with each of them would take the page more time than typing does. Whoever shows them asks. */
  function worked(): void {
    tellingWork ??= setTimeout(() => {
      tellingWork = null;
      onEvent("apiServer.worked", { running: log.requests.filter(({ outcome }) => outcome === "running").length });
    }, tellEveryMs);
  }

  function enter(next: typeof state): void {
    state = next;
    changed();
  }

  async function keep(change: Partial<Kept>): Promise<void> {
    const next = { ...kept, ...change };
    await writeFileAtomic(path, `${JSON.stringify(next, null, 2)}\n`);
    kept = next;
    changed();
  }

  async function makeKey(): Promise<string> {
    const key = newApiKey();
    await keep({ key: { sha256: hashOfKey(key), madeAt: Date.now() } });
    return key;
  }

  async function start(): Promise<void> {
    if (current !== null) return;
    enter({ state: "starting" });
    const starting = server();
    const { hosts, optional } = kept.isOpenToNetwork ? everywhere : loopbacks;
    try {
      const port = await starting.listen(hosts, kept.port, optional);
      current = starting;
      enter({ state: "on", port });
    } catch (error) {
      await starting.close();
      enter({ state: "failed", problem: toProblem(error) });
    }
  }

  async function stop(): Promise<void> {
    const stopping = current;
    if (stopping !== null) enter({ state: "stopping" });
    current = null;
    await stopping?.close();
    enter({ state: "off" });
  }

  async function startWithKey(): Promise<ApiServerAnswer> {
    const newKey = kept.key === null ? await makeKey() : null;
    await start();
    return { info: info(), newKey };
  }

  /** Returns whom a change lets in who could not connect before: web pages by their origin, and the local network as null. */
  function letIn({ isOpenToNetwork, allowedOrigins = [] }: SettingsChange): (string | null)[] {
    const origins = allowedOrigins.filter((origin) => !kept.allowedOrigins.includes(origin));
    return isOpenToNetwork === true && !kept.isOpenToNetwork ? [null, ...origins] : origins;
  }

  /** A change that the user does not agree to is not made. */
  async function changeIfAgreed(settings: SettingsChange): Promise<ApiServerInfo> {
    const wrong = settings.allowedOrigins?.find((origin) => !isOrigin(origin));
    if (wrong !== undefined) throw new WorkbenchError("api-origin-invalid", { case: "origin", origin: wrong });
    const asked = letIn(settings);
    for (const each of asked) if (!(await options.confirmOpening(each))) return info();
    return await inTurn(async () => {
      // While it waited, what was allowed may have been taken back.
      const isAgreed = letIn(settings).every((each) => asked.includes(each));
      return isAgreed ? await change(settings) : info();
    });
  }

  async function change({ keepsContents, ...given }: SettingsChange): Promise<ApiServerInfo> {
    const settings: Partial<Kept> = Object.fromEntries(
      Object.entries(given).filter(([, value]) => value !== undefined),
    );
    if (keepsContents !== undefined) {
      log.keepsContents = keepsContents;
      if (!keepsContents) log.forgetContents();
      changed();
    }
    const before = kept;
    if (Object.keys(settings).length > 0) await keep(settings);
    if (settings.allowedOrigins !== undefined) current?.cutPages();
    const listensElsewhere = kept.port !== before.port || kept.isOpenToNetwork !== before.isOpenToNetwork;
    if (listensElsewhere && (current !== null || state.state === "failed")) {
      await stop();
      await start();
    }
    return info();
  }

  return {
    api: {
      async resume() {
        if (kept.startsWithApp && kept.key !== null) await inTurn(start).catch(() => undefined);
      },
    },
    handlers: {
      "apiServer.info": info,
      "apiServer.start": () => inTurn(startWithKey),
      "apiServer.stop": async () => {
        await inTurn(stop);
        return info();
      },
      "apiServer.renewKey": () =>
        inTurn(async () => {
          const newKey = await makeKey();
          current?.cut();
          return { info: info(), newKey };
        }),
      "apiServer.stopRequest": ({ id }) => {
        log.stop(id);
        return null;
      },
      "apiServer.change": changeIfAgreed,
      "apiServer.contents": ({ id }) => log.contents(id),
    },
    async close() {
      unsubscribe();
      await inTurn(stop);
      clearTimeout(telling ?? undefined);
      clearTimeout(tellingWork ?? undefined);
    },
  };
}

/** Whether a text is what browsers send as the origin of a web page. */
const isOrigin = (text: string): boolean =>
  URL.canParse(text) && /^https?:$/.test(new URL(text).protocol) && new URL(text).origin === text;
