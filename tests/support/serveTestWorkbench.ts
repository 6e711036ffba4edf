import { onTestFinished } from "vitest";
import type { ApiRequest } from "../../electron/contract/apiServer.ts";
import { hashOfKey, newApiKey } from "../../electron/server/apiKeys.ts";
import { ApiServer, type ApiServerOptions } from "../../electron/server/ApiServer.ts";
import { RequestLog } from "../../electron/server/RequestLog.ts";
import type { WorkbenchOptions } from "../../electron/workbench/WorkbenchOptions.ts";
import { openTestWorkbench, type TestWorkbench } from "./openTestWorkbench.ts";
import { temporaryFolder } from "./temporaryFolder.ts";

export interface ServedWorkbench extends TestWorkbench {
  server: ApiServer;
  port: number;
  url: string;
  key: string;
  log: RequestLog;
  /** Makes a request with the key. */
  post: (path: string, body: unknown, init?: RequestInit) => Promise<Response>;
  /** Resolves once the newest request is as wanted. */
  newestIs: (outcome: ApiRequest["outcome"]) => Promise<ApiRequest>;
}

/** Serves a whole workbench on a free port of this computer until the test ends. */
export async function serveTestWorkbench(
  options: Partial<Pick<ApiServerOptions, "limits">> & {
    origins?: readonly string[];
    hosts?: readonly string[];
    workbench?: Partial<WorkbenchOptions>;
  } = {},
): Promise<ServedWorkbench> {
  const opened = await openTestWorkbench(await temporaryFolder(), undefined, options.workbench);
  const watchers = new Set<() => void>();
  const log = new RequestLog(() => {
    for (const watch of watchers) watch();
  });
  const key = newApiKey();
  const server = new ApiServer({
    workbench: opened.workbench,
    log,
    rules: () => ({ origins: options.origins ?? [], keyHashes: [hashOfKey(key)] }),
    ...(options.limits !== undefined && { limits: options.limits }),
  });
  const port = await server.listen(options.hosts ?? ["127.0.0.1"], 0);
  onTestFinished(() => server.close());
  const url = `http://127.0.0.1:${port}`;
  return {
    ...opened,
    server,
    port,
    url,
    log,
    key,
    post: (path, body, init = {}) =>
      fetch(`${url}${path}`, {
        method: "POST",
        headers: { authorization: `Bearer ${key}`, "content-type": "application/json" },
        body: JSON.stringify(body),
        ...init,
      }),
    newestIs: (outcome) =>
      new Promise((resolve) => {
        const watch = (): void => {
          const [newest] = log.requests;
          if (newest?.outcome !== outcome) return;
          watchers.delete(watch);
          resolve(newest);
        };
        watchers.add(watch);
        watch();
      }),
  };
}

/** Asks R1 Nano for a reply that takes long. */
export const longChat = {
  messages: [{ role: "user", content: "What is 123456789 + 987654321?" }],
  reasoning_effort: "none",
};
