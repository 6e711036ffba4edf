import type { HubAccess } from "../../contract/hub.ts";
import { WorkbenchError } from "../../contract/errors.ts";

export const publicHub = "https://huggingface.co";

/**
 * Returns the hub's address without a trailing slash: the one in the settings, else `HF_ENDPOINT`, else the public hub.
 * Throws `hub-address-invalid`.
 */
export function hubEndpoint(
  fromSettings: string | null,
  environment: NodeJS.ProcessEnv = process.env,
): Pick<HubAccess, "endpoint" | "endpointFrom"> {
  if (fromSettings !== null) return { endpoint: checked(fromSettings), endpointFrom: "settings" };
  const named = environment["HF_ENDPOINT"]?.trim();
  if (named) return { endpoint: checked(named), endpointFrom: "environment" };
  return { endpoint: publicHub, endpointFrom: "default" };
}

/**
 * Returns the origin of the hub in `HF_ENDPOINT`, or of the public one. Null if `HF_ENDPOINT` is not a valid address.
 */
export function environmentOrigin(environment: NodeJS.ProcessEnv = process.env): string | null {
  try {
    return new URL(hubEndpoint(null, environment).endpoint).origin;
  } catch {
    return null;
  }
}

function checked(text: string): string {
  const address = text.trim();
  const url = URL.canParse(address) ? new URL(address) : null;
  const plain = url !== null && url.username === "" && url.password === "" && url.search === "" && url.hash === "";
  if (url === null || !plain || (url.protocol !== "https:" && url.protocol !== "http:")) {
    throw new WorkbenchError("hub-address-invalid", { case: "address", address: address.slice(0, 200) });
  }
  return `${url.origin}${url.pathname.replace(/\/+$/, "")}`;
}
