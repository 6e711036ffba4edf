import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { DatabaseSync } from "@photostructure/sqlite";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import type { DoctorCheck } from "../../../electron/contract/doctor.ts";
import { settingsSchema } from "../../../electron/contract/settings.ts";
import { newestSchema, schemaOf } from "../../../electron/workbench/chats/migrations.ts";
import { openStore } from "../../../electron/workbench/chats/openStore.ts";
import { checkHome } from "../../../electron/workbench/doctor/checkHome.ts";
import { checkLog } from "../../../electron/workbench/doctor/checkLog.ts";
import { checkNetwork } from "../../../electron/workbench/doctor/checkNetwork.ts";
import { checkStates } from "../../../electron/workbench/doctor/checkStates.ts";
import { checkStore } from "../../../electron/workbench/doctor/checkStore.ts";
import { makeDoctorFolder } from "../../../electron/workbench/doctor/doctorFolder.ts";
import { examineHome } from "../../../electron/workbench/doctor/examineHome.ts";
import { isAnothers } from "../../../electron/workbench/home/isAnothers.ts";
import { treeOf } from "../../support/homes/treeOf.ts";
import { temporaryFolder } from "../../support/temporaryFolder.ts";

/** Called once the size of a file is known. */
const looked = vi.hoisted(() => ({ at: (_path: unknown): void => undefined }));
vi.mock("node:fs/promises", async (original) => {
  const files = await original<typeof import("node:fs/promises")>();
  const stat = (path: string): Promise<unknown> => files.stat(path).finally(() => looked.at(path));
  return { ...files, stat };
});

let home: string;
let store: string;
beforeEach(async () => {
  home = await temporaryFolder();
  store = join(home, "store", "chats.db");
});

/** Examines, and expects that nothing in the home changed. */
async function unchanged(check: () => Promise<DoctorCheck>): Promise<DoctorCheck> {
  const before = treeOf(home);
  const found = await check();
  expect(treeOf(home)).toEqual(before);
  return found;
}

const found = (name: DoctorCheck["name"], ok: boolean, code: string, facts?: object): object => ({
  name,
  ok,
  found: { code, ...(facts && { facts }) },
});

describe("the chat store", () => {
  /** Creates a store as the app leaves it. */
  function created(): void {
    const { database, owner } = openStore(home);
    database.close();
    owner.release(true);
  }

  test("none, and one that was closed", async () => {
    expect(await unchanged(() => checkStore(home))).toMatchObject(found("store", true, "storeNone"));
    created();
    const good = found("store", true, "storeGood", { count: 0, schema: newestSchema });
    expect(await unchanged(() => checkStore(home))).toMatchObject(good);
  });

  test("one that was not closed is examined as a copy, with what its log adds", async () => {
    created();
    const script = `
      const { DatabaseSync } = require(${JSON.stringify(createRequire(import.meta.url).resolve("@photostructure/sqlite"))});
      const database = new DatabaseSync(${JSON.stringify(store)});
      database.exec("CREATE TABLE late (x)");
      process.kill(process.pid, "SIGKILL");`;
    spawnSync(process.execPath, ["-e", script]);
    expect(readFileSync(`${store}-wal`).length).toBeGreaterThan(0);
    expect(await unchanged(() => checkStore(home))).toMatchObject(found("store", true, "storeGood"));
  });

  test("one that another process has open", async () => {
    const { database, owner } = openStore(home);
    expect(await checkStore(home)).toMatchObject(found("store", true, "storeGood"));
    database.close();
    owner.release(true);
  });

  test("one that is written to while it is examined is not read as if it never changed", async () => {
    const { database, owner } = openStore(home);
    database.exec("PRAGMA wal_checkpoint(TRUNCATE)");
    expect(readFileSync(`${store}-wal`)).toHaveLength(0);
    looked.at = (path) => {
      if (path === `${store}-journal`) database.exec(`PRAGMA user_version = ${newestSchema + 1}`);
    };
    const check = await checkStore(home);
    looked.at = () => undefined;
    const schema = schemaOf(database);
    database.close();
    owner.release(true);
    expect(check).toMatchObject({ found: { facts: { schema } } });
  });

  test("of a newer and an earlier version", async () => {
    created();
    const set = (schema: number): void => {
      const database = new DatabaseSync(store);
      database.exec(`PRAGMA user_version = ${schema}`);
      database.close();
    };
    set(newestSchema + 1);
    const facts = { schema: newestSchema + 1, known: newestSchema };
    expect(await unchanged(() => checkStore(home))).toMatchObject(found("store", false, "storeNewer", facts));
    set(1);
    expect(await unchanged(() => checkStore(home))).toMatchObject(found("store", true, "storeOlder", { schema: 1 }));
  });

  test("damaged in a page, and not a database at all", async () => {
    created();
    const bytes = readFileSync(store);
    bytes.fill(0xee, 4096 * 3, 4096 * 5);
    writeFileSync(store, bytes);
    expect(await unchanged(() => checkStore(home))).toMatchObject(found("store", false, "storeDamaged"));
    writeFileSync(store, "These are no chats.".repeat(500));
    expect(await unchanged(() => checkStore(home))).toMatchObject(found("store", false, "storeDamaged"));
  });

  test.skipIf(process.platform === "win32")("a link in its place is not followed", async () => {
    created();
    copyFileSync(store, join(home, "elsewhere.db"));
    mkdirSync(join(home, "other", "store"), { recursive: true });
    symlinkSync(join(home, "elsewhere.db"), join(home, "other", "store", "chats.db"));
    expect(await checkStore(join(home, "other"))).toMatchObject({ ok: false, problem: { code: "file-blocked" } });
  });
});

describe("copies of the chats that are examined", () => {
  beforeEach(() => {
    for (const name of ["TMPDIR", "TEMP"]) vi.stubEnv(name, home);
  });
  afterEach(() => {
    vi.unstubAllEnvs();
  });

  test("go when they are no longer needed, and when the process ends in between", async () => {
    const before = process.listeners("exit");
    (await makeDoctorFolder()).remove();
    expect(readdirSync(home)).toEqual([]);
    expect(process.listeners("exit")).toEqual(before);
    const { path } = await makeDoctorFolder();
    expect(existsSync(path)).toBe(true);
    const [atExit] = process.listeners("exit").filter((listener) => !before.includes(listener));
    atExit?.(143);
    expect(readdirSync(home)).toEqual([]);
  });

  test("that a killed examination left go with the next one; one that is in use stays", async () => {
    const { pid } = spawnSync(process.execPath, ["--version"]);
    const left = join(home, `r1-workbench-doctor-${pid}-aBc012`);
    mkdirSync(left);
    writeFileSync(join(left, "chats.db"), "chats");
    const used = await makeDoctorFolder();
    const engine = { nodePath: "", entry: "" };
    const options = { builtInModels: "", componentsFile: "", engine, hashWorker: "", isDeep: false };
    const signal = new AbortController().signal;
    await examineHome({ home: join(home, "home"), ...options, isOffline: true, signal }).next();
    expect(existsSync(left)).toBe(false);
    expect(existsSync(used.path)).toBe(true);
    used.remove();
  });
});

test("a home that is not there is not created; a file in its place is told", async () => {
  const folder = join(home, "new", "below");
  expect(await unchanged(() => checkHome(folder))).toMatchObject(found("home", true, "homeNew", { folder }));
  writeFileSync(join(home, "file"), "");
  expect(await checkHome(join(home, "file"))).toMatchObject(found("home", false, "homeNotFolder"));
});

test.skipIf(process.platform === "win32")("a home of others, and files that others can read", async () => {
  writeFileSync(join(home, "settings.json"), "{}", { mode: 0o600 });
  expect(await unchanged(() => checkHome(home))).toMatchObject(found("home", true, "homeGood", { folder: home }));
  chmodSync(home, 0o755);
  chmodSync(join(home, "settings.json"), 0o644);
  writeFileSync(join(home, "a note of mine.txt"), "", { mode: 0o644 });
  expect(await unchanged(() => checkHome(home))).toMatchObject(found("home", false, "homeOpen", { count: 1 }));
  writeFileSync(join(home, "erasing.json"), "{}", { mode: 0o600 });
  expect(await checkHome(home)).toMatchObject(found("home", false, "homeErasing"));
});

test.skipIf(process.getuid === undefined)("a home of root is nobody else's, as it is for the app", async () => {
  const ids = vi.spyOn(process, "getuid");
  const { uid } = statSync(home);
  const other = uid + 1;
  ids.mockReturnValue(other);
  expect(await checkHome(home)).toMatchObject({ found: { code: uid === 0 ? "homeGood" : "homeOthers" } });
  ids.mockRestore();
  for (const [owner, user] of [
    [0, 1000],
    [1000, 1000],
    [1000, 0],
  ] as const)
    expect(isAnothers({ uid: owner }, user)).toBe(false);
  expect(isAnothers({ uid: 1001 }, 1000)).toBe(true);
});

test("what models have read: by its size, and with --deep by its hash", async () => {
  const options = { home, hashWorker: "", isDeep: false, signal: new AbortController().signal };
  expect(await checkStates(options)).toMatchObject(found("states", true, "statesNone"));
  const name = "0123456789abcdef0123456789abcdef";
  const content = "read";
  const note = { key: "a".repeat(64), sha256: sha256(content), sizeBytes: 4, usedAt: 1 };
  mkdirSync(join(home, "state"));
  writeFileSync(join(home, "state", `${name}.bin`), content);
  writeFileSync(join(home, "state", `${name}.json`), JSON.stringify(note));
  expect(await unchanged(() => checkStates(options))).toMatchObject(
    found("states", true, "statesGood", { count: 1, size: 4 }),
  );
  writeFileSync(join(home, "state", `${name}.bin`), "more than that");
  expect(await checkStates(options)).toMatchObject(found("states", false, "statesDamaged", { count: 1 }));
});

test("the network: what the settings and the start say, and to which hub", () => {
  const settings = settingsSchema.parse({});
  expect(checkNetwork(settings, false)).toMatchObject(found("network", true, "networkOnline"));
  expect(checkNetwork(settings, true)).toMatchObject(found("network", true, "networkOffline", { case: "forced" }));
  expect(checkNetwork({ ...settings, offline: true }, false)).toMatchObject(
    found("network", true, "networkOffline", { case: "setting" }),
  );
  const hubEndpoint = "https://mirror.example";
  expect(checkNetwork({ ...settings, hubEndpoint }, false)).toMatchObject(found("network", true, "networkAsks"));
  expect(checkNetwork({ ...settings, hubEndpoint, agreedHubOrigins: [hubEndpoint] }, false)).toMatchObject(
    found("network", true, "networkOnline", { hub: hubEndpoint }),
  );
  expect(checkNetwork({ ...settings, hubEndpoint: "mirror" }, false)).toMatchObject({
    ok: false,
    problem: { code: "hub-address-invalid" },
  });
});

test("the log: what was logged lately", async () => {
  expect(await checkLog(home)).toMatchObject(found("log", true, "logNone"));
  mkdirSync(join(home, "logs"));
  const line = "2026-11-28T10:00:00.000Z K7QF-2M9X engine-out-of-memory: {}\n";
  writeFileSync(join(home, "logs", "faults.log"), line);
  const at = Date.parse("2026-11-28T10:00:00.000Z");
  expect(await checkLog(home, at + 1000)).toMatchObject(found("log", true, "logFaults", { count: 1, when: at }));
  expect(await checkLog(home, at + 8 * 24 * 3_600_000)).toMatchObject(found("log", true, "logQuiet"));
});

const sha256 = (text: string): string => createHash("sha256").update(text).digest("hex");
