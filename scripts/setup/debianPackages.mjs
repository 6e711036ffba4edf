/**
 * Which Debian package holds a shared library of Chromium's. Packages marked `t64` were renamed for 64-bit time
 * in Debian 13 and Ubuntu 24.04.
 * @type {Record<string, { name: string, t64?: true }>}
 */
const packageOfLibrary = {
  "libX11.so.6": { name: "libx11-6" },
  "libX11-xcb.so.1": { name: "libx11-xcb1" },
  "libXcomposite.so.1": { name: "libxcomposite1" },
  "libXcursor.so.1": { name: "libxcursor1" },
  "libXdamage.so.1": { name: "libxdamage1" },
  "libXext.so.6": { name: "libxext6" },
  "libXfixes.so.3": { name: "libxfixes3" },
  "libXi.so.6": { name: "libxi6" },
  "libXrandr.so.2": { name: "libxrandr2" },
  "libXrender.so.1": { name: "libxrender1" },
  "libXss.so.1": { name: "libxss1" },
  "libXtst.so.6": { name: "libxtst6" },
  "libasound.so.2": { name: "libasound2", t64: true },
  "libatk-1.0.so.0": { name: "libatk1.0-0", t64: true },
  "libatk-bridge-2.0.so.0": { name: "libatk-bridge2.0-0", t64: true },
  "libatspi.so.0": { name: "libatspi2.0-0", t64: true },
  "libcairo.so.2": { name: "libcairo2" },
  "libcups.so.2": { name: "libcups2", t64: true },
  "libdbus-1.so.3": { name: "libdbus-1-3" },
  "libdrm.so.2": { name: "libdrm2" },
  "libexpat.so.1": { name: "libexpat1" },
  "libfontconfig.so.1": { name: "libfontconfig1" },
  "libgbm.so.1": { name: "libgbm1" },
  "libgcc_s.so.1": { name: "libgcc-s1" },
  "libgdk_pixbuf-2.0.so.0": { name: "libgdk-pixbuf-2.0-0" },
  "libgio-2.0.so.0": { name: "libglib2.0-0", t64: true },
  "libglib-2.0.so.0": { name: "libglib2.0-0", t64: true },
  "libgmodule-2.0.so.0": { name: "libglib2.0-0", t64: true },
  "libgobject-2.0.so.0": { name: "libglib2.0-0", t64: true },
  "libgtk-3.so.0": { name: "libgtk-3-0", t64: true },
  "libgdk-3.so.0": { name: "libgtk-3-0", t64: true },
  "libnotify.so.4": { name: "libnotify4" },
  "libnspr4.so": { name: "libnspr4" },
  "libnss3.so": { name: "libnss3" },
  "libnssutil3.so": { name: "libnss3" },
  "libpango-1.0.so.0": { name: "libpango-1.0-0" },
  "libpangocairo-1.0.so.0": { name: "libpangocairo-1.0-0" },
  "libsecret-1.so.0": { name: "libsecret-1-0" },
  "libsmime3.so": { name: "libnss3" },
  "libstdc++.so.6": { name: "libstdc++6" },
  "libudev.so.1": { name: "libudev1" },
  "libuuid.so.1": { name: "libuuid1" },
  "libxcb.so.1": { name: "libxcb1" },
  "libxcb-dri3.so.0": { name: "libxcb-dri3-0" },
  "libxkbcommon.so.0": { name: "libxkbcommon0" },
  "libxshmfence.so.1": { name: "libxshmfence1" },
};

const t64Codenames = ["noble", "oracular", "plucky", "questing", "resolute", "trixie", "forky", "sid"];

/**
 * @param {Record<string, string>} osRelease the fields of /etc/os-release
 * @returns {boolean | null} whether this release has the t64 names; null: neither Debian, Ubuntu nor built on them
 */
export function hasT64Names(osRelease) {
  const family = `${osRelease.ID ?? ""} ${osRelease.ID_LIKE ?? ""}`.split(" ");
  if (!family.includes("debian") && !family.includes("ubuntu")) return null;
  const codename = osRelease.UBUNTU_CODENAME ?? osRelease.DEBIAN_CODENAME ?? osRelease.VERSION_CODENAME ?? "";
  if (t64Codenames.includes(codename)) return true;
  const version = Number(osRelease.VERSION_ID);
  if (osRelease.ID === "debian") return !(version < 13);
  if (osRelease.ID === "ubuntu") return version >= 24.04;
  return false;
}

/**
 * The packages that bring these libraries, each once; `unknown` are libraries this table does not have.
 * @param {string[]} sonames such as "libnss3.so"
 * @param {boolean} t64
 */
export function packagesFor(sonames, t64) {
  /** @type {Set<string>} */
  const packages = new Set();
  /** @type {string[]} */
  const unknown = [];
  for (const soname of sonames) {
    const found = packageOfLibrary[soname];
    if (found === undefined) unknown.push(soname);
    else packages.add(found.t64 && t64 ? `${found.name}t64` : found.name);
  }
  return { packages: [...packages].sort((a, b) => a.localeCompare(b)), unknown };
}

/**
 * The libraries that `ldd` did not find.
 * @param {string} lddOutput
 */
export function missingLibraries(lddOutput) {
  return [...lddOutput.matchAll(/^\s*(\S+) => not found/gm)].map(([, soname = ""]) => soname);
}

/**
 * @param {string} text of /etc/os-release
 * @returns {Record<string, string>}
 */
export function parseOsRelease(text) {
  const fields = [...text.matchAll(/^([A-Z_]+)=(?:"([^"]*)"|'([^']*)'|(.*))$/gm)];
  return Object.fromEntries(fields.map(([, key, ...values]) => [key, values.find((value) => value !== undefined)]));
}
