import { WorkbenchError } from "../../contract/errors.ts";
import { hashOfKey, newApiKey } from "../../server/apiKeys.ts";
import { ApiServer } from "../../server/ApiServer.ts";
import { everywhere, hostInAddress, listenAddressesOf } from "../../server/listenAddresses.ts";
import { keptKeyHashes } from "../../server/openApiServer.ts";
import { RequestLog } from "../../server/RequestLog.ts";
import { homeFolder } from "../../workbench/home/homeFolder.ts";
import { isLoopbackAddress } from "../../workbench/network/isThisMachine.ts";
import type { CommandOf } from "../commandLine.ts";
import type { CommandRun } from "../CommandRun.ts";

/** The least that another computer has to guess. */
const leastNetworkKeyChars = 32;

/**
 * `r1 serve`: serves the workbench in the shape of OpenAI's API until it is cancelled. The key is `R1_API_KEY`, or a new
 * one for this run, beside which the one of the app is accepted: of that, only a hash is kept.
 */
export async function serve(
  { host, port }: CommandOf<"serve">,
  { terminal, open, cancelling }: CommandRun,
): Promise<number> {
  const addresses = listenAddressesOf(host);
  const given = keyOfEnvironment(!addresses.hosts.every(isLoopbackAddress));
  const key = given ?? newApiKey();
  const keyHashes = [hashOfKey(key), ...(given === null ? await keptKeyHashes(homeFolder()) : [])];
  const workbench = await open();
  const server = new ApiServer({
    workbench,
    log: new RequestLog(() => undefined),
    rules: () => ({ origins: [], keyHashes }),
  });
  const chosen = await server.listen(addresses.hosts, port, addresses.optional);
  const unsubscribe = workbench.onOffline(() => server.cutNetwork());
  try {
    const url = `http://${hostInAddress(addresses === everywhere ? "127.0.0.1" : host)}:${chosen}`;
    if (terminal.json || !terminal.isInteractive) terminal.document({ url, key });
    else {
      const { say } = terminal.texts;
      terminal.facts([
        [say("cli:serve.address"), `${url}/v1`],
        [say("cli:serve.key"), key],
      ]);
      terminal.aside(`${say("cli:serve.howToEnd")}\n`);
    }
    await untilAborted(cancelling);
  } finally {
    unsubscribe();
    await server.close();
  }
  return 0;
}

/** Returns null if it is not set. Throws `usage` if it cannot be sent in a header, or is too short for a network. */
function keyOfEnvironment(isForNetwork: boolean): string | null {
  const given = process.env["R1_API_KEY"] ?? "";
  if (given === "") return null;
  if (!/^[\x21-\x7E]+$/.test(given)) throw new WorkbenchError("usage", { case: "apiKeyUnusable" });
  if (isForNetwork && given.length < leastNetworkKeyChars) throw new WorkbenchError("usage", { case: "apiKeyShort" });
  return given;
}

async function untilAborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return;
  await new Promise((resolve) => signal.addEventListener("abort", resolve, { once: true }));
}
