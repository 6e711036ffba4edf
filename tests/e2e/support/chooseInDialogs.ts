import type { ElectronApplication } from "@playwright/test";
import { inMain } from "../../support/inMain.mjs";

/** From now on, answers each file dialog with the next of these paths; after the last one, cancels. */
export async function chooseInDialogs(electron: ElectronApplication, paths: readonly string[]): Promise<void> {
  await inMain(
    electron,
    ({ dialog }, files) => {
      const left = [...files];
      dialog.showOpenDialog = (() => {
        const path = left.shift();
        return Promise.resolve({ canceled: path === undefined, filePaths: path === undefined ? [] : [path] });
      }) as typeof dialog.showOpenDialog;
    },
    paths,
  );
}
