import { fileURLToPath } from "node:url";
import { appPaths } from "../../../electron/workbench/appPaths.ts";
import { ChatLock } from "../../../electron/workbench/chatLock/ChatLock.ts";

const paths = appPaths(fileURLToPath(new URL("../../../out/cli", import.meta.url)));

/** Returns the lock of a home's chats, as the app has it, without a keychain. `closeStore` ends what the test has open. */
export const openLock = (home: string, closeStore: () => Promise<void> = () => Promise.resolve()): ChatLock =>
  new ChatLock({
    home,
    host: { nodePath: paths.engine.nodePath, entry: paths.workerHost },
    lockWorker: paths.lockWorker,
    keychain: null,
    completes: true,
    closeStore,
    onChange: () => undefined,
  });
