import type { ApiServerInfo } from "../../../electron/contract/apiServer.ts";

/** Returns the addresses for programs: this computer's own, and if the server is on, those in the local network. */
export function apiAddresses({ state, settings }: ApiServerInfo): [string, ...string[]] {
  const [own, ...others] = state.state === "on" ? state.addresses : [];
  return [own ?? `http://127.0.0.1:${settings.port}/v1`, ...others];
}
