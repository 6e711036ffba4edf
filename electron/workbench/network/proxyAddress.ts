/** Resolves with the operating system's proxies for a URL, in PAC format: "PROXY host:port; DIRECT". */
export type ResolveProxy = (url: string) => Promise<string>;

/**
 * Resolves with the proxy for a URL, or null for none: from the environment (`HTTPS_PROXY`, `HTTP_PROXY`, `NO_PROXY`,
 * also in lower case), or else the operating system's. May return SOCKS proxies; the caller must reject those that it
 * cannot use.
 */
export async function proxyAddress(
  url: URL,
  resolveProxy?: ResolveProxy,
  environment: NodeJS.ProcessEnv = process.env,
): Promise<string | null> {
  const named = (name: string): string => (environment[name.toLowerCase()] || environment[name] || "").trim();
  const fromEnvironment = named(url.protocol === "https:" ? "HTTPS_PROXY" : "HTTP_PROXY");
  if (fromEnvironment !== "") {
    if (isExempt(url, named("NO_PROXY"))) return null;
    return fromEnvironment.includes("://") ? fromEnvironment : `http://${fromEnvironment}`;
  }
  if (resolveProxy === undefined) return null;
  return proxyFromPac(await resolveProxy(url.href).catch(() => "DIRECT"));
}

/** Returns the first usable entry of a PAC result, or null for a direct connection. */
export function proxyFromPac(answer: string): string | null {
  const schemes: Record<string, string> = {
    PROXY: "http",
    HTTP: "http",
    HTTPS: "https",
    SOCKS: "socks5",
    SOCKS5: "socks5",
    SOCKS4: "socks4",
  };
  for (const entry of answer.split(";")) {
    const [kind = "", host = ""] = entry.trim().split(/\s+/);
    if (kind.toUpperCase() === "DIRECT") return null;
    const scheme = schemes[kind.toUpperCase()];
    if (scheme !== undefined && host !== "") return `${scheme}://${host}`;
  }
  return null;
}

/**
 * Returns whether a URL is in `NO_PROXY`, a comma-separated list of hosts and domains (".example.org" or
 * "example.org"), each with an optional port.
 */
function isExempt({ hostname, port, protocol }: URL, list: string): boolean {
  const host = hostname.replace(/^\[|\]$/g, "").toLowerCase();
  const usedPort = port || (protocol === "https:" ? "443" : "80");
  return list
    .split(/[\s,]+/)
    .filter((entry) => entry !== "")
    .some((entry) => {
      if (entry === "*") return true;
      const match = /^(?:\[([^\]]+)\]|([^:]+|[0-9a-f:]+))(?::(\d+))?$/i.exec(entry);
      const name = (match?.[1] ?? match?.[2] ?? entry).toLowerCase().replace(/^\*?\./, "");
      const wantedPort = match?.[3];
      if (wantedPort !== undefined && wantedPort !== usedPort) return false;
      return host === name || host.endsWith(`.${name}`);
    });
}
