import { fileURLToPath } from "node:url";
import { appPaths } from "../../../electron/workbench/appPaths.ts";
import { ChatLock } from "../../../electron/workbench/chatLock/ChatLock.ts";

const built = fileURLToPath(new URL("../../../out/cli", import.meta.url));

/**
 * Returns the lock of a home's chats, as the app has it, without a keychain. `closeStore` ends what the test has open.
 * `room`: a built room of the app whose processes do the work, by default of this clone.
 */
export function openLock(home: string, closeStore = () => Promise.resolve(), room = built): ChatLock {
  const paths = appPaths(room);
  return new ChatLock({
    home,
    host: { nodePath: paths.engine.nodePath, entry: paths.workerHost },
    lockWorker: paths.lockWorker,
    keychain: null,
    completes: true,
    closeStore,
    onChange: () => undefined,
    onUnfinished: (_, { code, detail }) => {
      throw new Error(`${code}: ${detail}`);
    },
  });
}
