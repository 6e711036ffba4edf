import { join } from "node:path";
import { app, autoUpdater } from "electron";
import { MacUpdater, NsisUpdater, type UpdateInfo } from "electron-updater";
import type { FaultLog } from "../workbench/faults/FaultLog.ts";
import { writeFileAtomic } from "../workbench/home/writeFileAtomic.ts";
import { isNewer } from "../workbench/updates/releaseDocument.ts";
import type { FetchedUpdate } from "../workbench/updates/Updates.ts";
import { updatesFolder } from "../workbench/updates/updatesFolder.ts";
import { copyVerified } from "./copyVerified.ts";
import { ownAppImage } from "./ownAppImage.ts";
import { replaceAppImage } from "./replaceAppImage.ts";

/** How long macOS may take to read the file. */
const macMs = 120_000;

/**
 * Installs an update that was fetched and verified, while the app quits. On Windows and macOS electron-updater does what
 * the system needs; it gets the file from the disk and asks no server. Never rejects: a failure is logged, and said at
 * the next start.
 */
export async function installUpdate(update: FetchedUpdate, home: string, faults: Pick<FaultLog, "add">): Promise<void> {
  try {
    if (!isNewer(update.version, app.getVersion())) throw new Error("This version is not newer.");
    if (process.platform === "linux") {
      const appImage = ownAppImage();
      if (appImage === null) throw new Error("This app does not run from an AppImage.");
      await replaceAppImage(appImage, update);
      return;
    }
    const folder = updatesFolder(home);
    const config = join(folder, "app-update.yml");
    // JSON is YAML.
    const { publisher } = update;
    const kept = { updaterCacheDirName: "install", ...(publisher !== null && { publisherName: [publisher] }) };
    await writeFileAtomic(config, JSON.stringify(kept));
    const updater = openUpdater({
      version: app.getVersion(),
      name: app.getName(),
      isPackaged: true,
      appUpdateConfigPath: config,
      userDataPath: folder,
      baseCachePath: folder,
      whenReady: () => Promise.resolve(),
      relaunch: () => undefined,
      quit: () => undefined,
      onQuit: () => undefined,
    });
    updater.logger = null;
    updater.on("error", (error) => faults.add(`Installing ${update.file.name}: ${error.stack ?? error.message}`));
    updater.autoDownload = false;
    updater.disableDifferentialDownload = true;
    Object.assign(updater, { httpExecutor: fromDisk(update) });
    updater.setFeedURL({ provider: "custom", updateProvider: providerOf(update) });
    if ((await updater.checkForUpdates())?.isUpdateAvailable !== true) throw new Error("There is nothing to install.");
    if (updater instanceof MacUpdater) await throughSquirrel(updater);
    else {
      await updater.downloadUpdate();
      updater.install(true, false);
    }
  } catch (error) {
    faults.add(`Installing ${update.file.name}: ${error instanceof Error ? error.stack : String(error)}`);
  }
}

type Adapter = NonNullable<ConstructorParameters<typeof NsisUpdater>[1]>;

function openUpdater(adapter: Adapter): NsisUpdater | MacUpdater {
  if (process.platform === "win32") return new NsisUpdater(null, adapter);
  return new MacUpdater(undefined, adapter);
}

/** Returns what electron-updater downloads with: here, a copy. */
function fromDisk(update: FetchedUpdate): { download: (url: URL, destination: string) => Promise<string> } {
  return {
    download: async (_url, destination) => {
      await copyVerified(update, destination);
      return destination;
    },
  };
}

/** Returns what electron-updater takes for its server. The address is never used. */
function providerOf({ file, version }: FetchedUpdate): new () => object {
  const sha512 = Buffer.from(file.sha512, "hex").toString("base64");
  const files = [{ url: file.name, sha512, size: file.sizeBytes }];
  const info: UpdateInfo = { version, files, path: file.name, sha512, releaseDate: "" };
  return class {
    readonly fileExtraDownloadHeaders = null;

    /** The headers have an identifier of this copy of the app. */
    setRequestHeaders(): void {
      // Nothing is requested.
    }

    getLatestVersion(): Promise<UpdateInfo> {
      return Promise.resolve(info);
    }

    resolveFiles(): object[] {
      return files.map((each) => ({ url: new URL(each.url, "https://update.invalid"), info: each }));
    }
  };
}

/** Hands the file to the system's updater, which checks its signature and replaces the app once it has quit. */
async function throughSquirrel(updater: MacUpdater): Promise<void> {
  updater.autoInstallOnAppQuit = true;
  const read = new Promise<void>((resolve, reject) => {
    autoUpdater.once("update-downloaded", () => resolve());
    autoUpdater.once("error", reject);
    setTimeout(() => reject(new Error("The system did not read the update in time.")), macMs).unref();
  });
  await Promise.all([updater.downloadUpdate(), read]);
}
