import { isPrivateAddress } from "./privateAddress.ts";
import { isThisMachine } from "./isThisMachine.ts";

/** Names that only the local network knows, and names without a domain. */
const localName = /^[^.:]+$|\.(local|internal|home\.arpa|lan)\.?$/i;

/** Returns whether the host in an address can only be this machine or one in its network. */
export const isNearby = (hostname: string): boolean =>
  isThisMachine(hostname) || isPrivateAddress(hostname) || localName.test(hostname);
