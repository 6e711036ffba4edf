/** Asks the operating system which proxy a URL needs; answers as a PAC file does: "PROXY host:port; DIRECT". */
export type ResolveProxy = (url: string) => Promise<string>;

/**
 * The proxy for a URL, or null for none: the environment's (`HTTPS_PROXY`, `HTTP_PROXY`, `NO_PROXY`, also in lower
 * case), else the operating system's. SOCKS proxies are answered too; the caller has to refuse what it cannot use.
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

/** The first entry of a PAC answer that is usable at all; null for a direct connection. */
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

/** `NO_PROXY`: a comma-separated list of hosts, domains (".example.org" or "example.org"), each with a port if wanted. */
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
