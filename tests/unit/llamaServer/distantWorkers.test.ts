import { join } from "node:path";
import { expect, test } from "vitest";
import type { Connection } from "../../../electron/contract/network.ts";
import { openLlamaServer } from "../../../electron/workbench/llamaServer/openLlamaServer.ts";
import { SetupFile } from "../../../electron/workbench/llamaServer/SetupFile.ts";
import { listedModel } from "../../support/engine/listedModel.ts";
import { temporaryFolder } from "../../support/temporaryFolder.ts";

async function opened(workers: string[], isOffline: boolean) {
  const home = await temporaryFolder();
  const recorded: Connection[] = [];
  const state = () => ({ isOffline, isForced: false });
  const network = {
    state,
    freshState: () => Promise.resolve(state()),
    onOffline: () => () => undefined,
    record: (connection: Connection) => recorded.push(connection),
  };
  const { handlers } = openLlamaServer({
    home,
    library: { chooseFile: () => Promise.resolve(listedModel("nano")) },
    network,
    onEvent: () => undefined,
  } as unknown as Parameters<typeof openLlamaServer>[0]);
  const program = { path: join(home, "missing"), version: "1" };
  await new SetupFile(home).change({ program, setup: { modelId: "nano", contextSize: 2048, workers } });
  return { handlers, recorded };
}

test("while Offline is on, no worker on another machine is asked, and one on this machine is", async () => {
  const distant = await opened(["127.0.0.1:50052", "192.0.2.7:50052"], true);
  for (const name of ["llamaServer.plan", "llamaServer.start"] as const)
    await expect(distant.handlers[name]({})).rejects.toMatchObject({ code: "offline" });
  expect(distant.recorded).toEqual([]);
  const near = await opened(["127.0.0.1:50052", "localhost:50053", "[::1]:50054"], true);
  await expect(near.handlers["llamaServer.plan"]({})).rejects.toMatchObject({ facts: { case: "notRunnable" } });
  expect(near.recorded).toEqual([]);
});

test("each worker on another machine is in the record of connections", async () => {
  const { handlers, recorded } = await opened(["127.0.0.1:50052", "192.0.2.7:50052"], false);
  await expect(handlers["llamaServer.plan"]({})).rejects.toMatchObject({ facts: { case: "notRunnable" } });
  expect(recorded.map(({ host, outcome }) => [host, outcome])).toEqual([
    ["192.0.2.7:50052", "open"],
    ["192.0.2.7:50052", "done"],
  ]);
});
