import { realpathSync, statSync } from "node:fs";
import { dirname, sep } from "node:path";
import type { OpenedFile } from "./openedFiles.ts";

/** What the packaged app may load or start from outside its own folder, and why. All of it must be the system's. */
const systemCode: readonly [why: string, path: RegExp][] = [
  [
    "libraries that the binaries link against, and those that they load: GTK's modules, glibc's converters, graphics drivers",
    /^\/(usr\/)?lib(32|64)?\/.*\.so(\.\d+)*$/,
  ],
  ["NVIDIA's runtime, if it is installed", /^\/usr\/local\/cuda[^/]*\/.*\.so(\.\d+)*$/],
  ["what NVIDIA's driver says about the card", /^(\/usr)?\/bin\/nvidia-smi$/],
  ["what the shell script r1 finds its own folder with", /^(\/usr)?\/bin\/(dirname|readlink)$/],
  ["which C library this is: the text of this script says so, and it is not run", /^\/usr\/bin\/ldd$/],
];

/** What else it may read, and why. */
const systemData: readonly [why: string, path: RegExp][] = [
  ["the kernel's own files: processor, memory, heat, the processes themselves", /^\/(proc|sys)\//],
  ["memory that the processes share, chance, terminals, graphics cards", /^\/(dev|memfd:)/],
  ["fonts", /^(\/usr(\/local)?\/share\/(fonts|fontconfig|poppler\/cMap)|\/etc\/fonts|\/var\/cache\/fontconfig)(\/|$)/],
  ["where the loader finds libraries", /^\/etc\/ld\.so\.(cache|preload)$/],
  ["lists of GTK's, GIO's and glibc's modules", /^\/usr\/lib\/.*\/(\w+\.cache|gconv-modules(\.cache|\.d\/.*)?)$/],
  ["the language, time and names of this system", /^\/usr\/(share\/(locale|zoneinfo)|lib\/locale)\//],
  ["", /^\/(etc\/(localtime|locale\.alias|timezone|machine-id|os-release|debian_version)|usr\/lib\/os-release)$/],
  ["", /^\/var\/lib\/dbus\/machine-id$/],
  ["users and hosts", /^\/etc\/(passwd|group|nsswitch\.conf|hosts|host\.conf|resolv\.conf|gai\.conf)$/],
  ["OpenSSL's settings", /^\/(etc|usr\/lib)\/ssl\//],
  [
    "which graphics drivers there are, and their settings",
    /^\/(etc|usr\/share|usr\/local\/(etc|share))\/(vulkan|drirc\.d|glvnd)\//,
  ],
  [
    "the look of the desktop",
    /^\/(usr\/share|etc)\/(icons|themes|glib-2\.0|gtk-3\.0|X11|mime|dconf|applications|pixmaps)\//,
  ],
];

/** In the user's home folder, beside the app's home: caches and the look of the desktop. None of it is run. */
const ofUser =
  /^\/(\.cache\/(fontconfig|mesa_shader_cache\w*|dconf|nvidia|radv_builtin_shaders\w*)\/|\.config\/(gtk-3\.0|dconf|fontconfig|user-dirs)|\.local\/share\/|\.pki\/|\.Xauthority$|xauthority$|\.drirc$)/;
/** Chromium's, removed when it quits. */
const temporary = /^\/tmp\/(\.org\.chromium\.|scoped_dir)/;
/** What a program or Node can run. */
const code = /\.(so(\.\d+)*|node|js|cjs|mjs|asar|wasm)$/;

export interface Places {
  /** The app's own folder. */
  app: string;
  /** Where it keeps what it writes. */
  home: string;
  /** The home folder of its user. */
  user: string;
}

/** Returns what a process opened or ran that is neither in the app's folder nor expected elsewhere, with the reason. */
export function filesOutside(opened: readonly OpenedFile[], places: Places): string[] {
  return opened.flatMap(({ path, isProgram }) => {
    if (isBelow(path, places.app) || path === "/proc/self/exe") return [];
    const isCode = isProgram || code.test(path);
    if (isCode) return isExpected(path, systemCode) ? othersMayChange(path) : [`${path}: code from outside`];
    if (isBelow(path, places.home) || isExpected(path, systemData) || temporary.test(path)) return [];
    const isOwnData = isBelow(path, places.user) && ofUser.test(path.slice(places.user.length));
    return isOwnData || isExpected(path, systemCode) ? [] : [`${path}: data from outside`];
  });
}

const isBelow = (path: string, folder: string): boolean => path === folder || path.startsWith(folder + sep);
const isExpected = (path: string, list: readonly [string, RegExp][]): boolean =>
  list.some(([, pattern]) => pattern.test(path));

/** Returns what somebody other than root could replace: this file, or a folder on the way to it. */
function othersMayChange(path: string): string[] {
  const changeable: string[] = [];
  for (let each = realpathSync(path); ; each = dirname(each)) {
    const { uid, mode } = statSync(each);
    const isSticky = (mode & 0o1000) !== 0;
    if (uid !== 0 || ((mode & 0o022) !== 0 && !isSticky)) changeable.push(`${each}: others may change it`);
    if (each === "/") return changeable;
  }
}
