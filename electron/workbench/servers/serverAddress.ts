import { type FactsOf, WorkbenchError } from "../../contract/errors.ts";
import { isPrivateAddress } from "../network/privateAddress.ts";
import { isThisMachine } from "../network/isThisMachine.ts";

/** Where a server is, as its address says. */
export interface ServerAddress {
  /** In canonical form, without a trailing slash. */
  url: string;
  origin: string;
  host: string;
  isThisMachine: boolean;
  isEncrypted: boolean;
}

/** The end of an address that people copy from documentation. */
const copiedEnd = /\/(chat\/completions|completions|models)$/;
/** A path that names the version of the interface, as "/v1" does. */
const versionedEnd = /\/v\d+[a-z0-9]*$/i;

/**
 * Returns what was typed as an address. Without a scheme, it is http on this machine and in the local network, and https
 * elsewhere. Throws `server-address-invalid`.
 */
export function serverAddress(typed: string, allowsPlainHttp = false): ServerAddress {
  const text = typed.trim();
  const refuse = (how: FactsOf<"server-address-invalid">["case"], address: string): never => {
    throw new WorkbenchError("server-address-invalid", { case: how, address });
  };
  const url = parse(text);
  // What is repeated to the user and in reports must not have a password in it.
  const shown = text
    .replace(/^([a-z][a-z0-9+.-]*:\/\/)?.*@/is, "$1")
    .replace(/[?#].*/s, "")
    .slice(0, 200);
  if (url === null) return refuse("address", shown);
  if (url.username !== "" || url.password !== "") return refuse("credentials", url.host);
  const isPlain = url.search === "" && url.hash === "" && !/[\p{Cc}\s]/u.test(text);
  if (!isPlain || (url.protocol !== "https:" && url.protocol !== "http:")) return refuse("address", shown);
  const isEncrypted = url.protocol === "https:";
  if (!isEncrypted && !isNear(url.hostname) && !allowsPlainHttp) return refuse("plainHttp", url.host);
  const path = url.pathname.replace(/\/+$/, "").replace(copiedEnd, "");
  return {
    url: `${url.origin}${path}`,
    origin: url.origin,
    host: url.host,
    isThisMachine: isThisMachine(url.hostname),
    isEncrypted,
  };
}

/** Returns the address of a call of OpenAI's interface, such as "chat/completions". */
export const openAiUrl = (url: string, name: string): URL =>
  new URL(`${versionedEnd.test(url) ? url : `${url}/v1`}/${name}`);

/** Returns the address of a call of the server's own interface, such as "tokenize". */
export const ownUrl = (url: string, name: string): URL => new URL(`${url.replace(versionedEnd, "")}/${name}`);

function parse(text: string): URL | null {
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(text)) return URL.canParse(text) ? new URL(text) : null;
  const withHttp = `http://${text}`;
  if (!URL.canParse(withHttp)) return null;
  const url = new URL(withHttp);
  return isNear(url.hostname) ? url : new URL(`https://${text}`);
}

const isNear = (hostname: string): boolean => isThisMachine(hostname) || isPrivateAddress(hostname);
