import type { DiskKind } from "../../contract/disk.ts";

/** Also copies of a file: a backup, one that was set aside, and one that is being written. */
const json = (...names: string[]): RegExp =>
  new RegExp(`^(${names.join("|")})\\.json(\\.bak|\\.damaged-\\d+)?(\\.[0-9a-f]{8}(-[0-9a-f]{4,12}){4}\\.tmp)?$`);

/** The caches that Electron and Chromium make in the home, of today and of earlier versions. */
const caches = "(Code |GPU|Shader|GrShader|GraphiteDawn|Dawn|DawnGraphite|DawnWebGPU)?Cache";

/**
 * The files and folders that the app writes into the home, by what they hold. Everything that is written there needs an
 * entry: what has none counts as the user's, is not erased, and keeps its permissions.
 */
const homeEntries: readonly [kind: Exclude<DiskKind, "other" | "downloads">, name: RegExp][] = [
  ["chats", /^store$/],
  // Without it, encrypted chats cannot be read: it stays and goes with them.
  ["chats", json("chat-lock")],
  ["backups", /^backups$/],
  ["setAside", /^quarantine$/],
  ["states", /^state$/],
  ["models", /^models(\.(old|new))?$/],
  ["models", json("models-move")],
  ["components", /^components$/],
  ["settings", json("settings", "presets", "api-server", "servers", "llama-server")],
  ["secrets", json("secrets")],
  ["choices", json("model-ids", "model-use", "model-choices", "tunings")],
  ["measurements", /^(benchmarks|server-benchmarks|speed-trial-\d+\.gguf)$/],
  ["measurements", json("speed-trials", "machine-speeds")],
  ["lookups", json("inspections", "engine-probes", "catalog-sizes", "model-hashes")],
  ["windows", json("window", "chat-window", "chat-windows", "zoom", "plain-chats", "session", "erasing")],
  ["windows", json("last-import", "last-import-chats", "last-import-chats-encrypted")],
  ["windows", /^(in-use|models-move|presets|servers)\.lock$/],
  ["updates", /^updates$/],
  ["updates", json("updates")],
  ["connections", /^connections\.jsonl(\.old)?$/],
  ["logs", /^logs$/],
  ["dumps", /^(Crashpad|Crash Reports)$/],
  // Electron's and Chromium's.
  ["browser", /^(browser|Dictionaries|Local State|Preferences|lockfile|Singleton\w+|blob_storage)$/],
  ["browser", new RegExp(`^${caches}$`)],
  ["browser", /^(Local Storage|Session Storage|\.org\.chromium\..+)$/],
];

/** Returns what a file or folder of the home holds; `other` if the app did not write it. */
export const kindOfEntry = (name: string): DiskKind =>
  homeEntries.find(([, pattern]) => pattern.test(name))?.[0] ?? "other";

/** Where the app writes in folders with names that users give to folders of theirs. */
export const ownSubfolder = ".r1-workbench";

/** What Chromium wrote into `browser` itself before the app gave it a folder in there. */
const earlierInBrowser =
  "(Local Storage|Session Storage|Network Persistent State|Preferences|Shared Dictionary|Dictionaries|blob_storage|" +
  `(Cookies|Trust Tokens|TransportSecurity|SharedStorage)(-journal|-wal)?|${caches})`;

/** What the app writes into those of its folders that users may have too, such as `logs`. All of the others is its own. */
const ownContents: Record<string, RegExp> = {
  components: /^([a-z]+-\d+\.\d+\.\d+-[0-9a-f]{16}|\.(downloads|verified\.json.*|(unpacking|removed)-[0-9a-f-]+))$/,
  store: /^(chats(-encrypted)?\.db(\.(mended|mending|converting))?(-wal|-shm|-journal)?|owners)$/,
  backups: /^(\d{4}-\d\d-\d\dT[\d.-]+Z-[a-z]+\.(db|[0-9a-f-]{36}\.tmp)|[0-9a-f-]{36}\.tmp)(-wal|-shm|-journal)?$/,
  quarantine: /^\d{4}-\d\d-\d\dT[\d.-]+Z(-\d+)?$/,
  state: /^[0-9a-f]{32}\./,
  benchmarks: /^(lock(-wal|-shm|-journal)?|\d{4}-\d\d-\d\d-.+\.json.*)$/,
  logs: /^faults\.log(\.old)?$/,
  updates: /^\.r1-workbench$/,
  browser: new RegExp(`^(\\.r1-workbench|${earlierInBrowser})$`),
};

/** Returns whether the app wrote what has this name in a folder of the home that is its own. */
export const isOwnContent = (folder: string, name: string): boolean => ownContents[folder]?.test(name) ?? true;
