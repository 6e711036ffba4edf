import { protocol } from "electron";
import { appScheme } from "./appProtocol.ts";
import { previewScheme } from "./preview/previewScheme.ts";

/**
 * Registers the schemes of the app's page and of previewed pages as standard origins, so that no page is ever loaded
 * from file://. Call before `ready`, once: a second call would undo the first.
 */
export function registerSchemes(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: appScheme, privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true } },
    // Not secure: Chromium refuses worklets, whose loops nobody would notice, and WebGPU to all insecure pages.
    { scheme: previewScheme, privileges: { standard: true, supportFetchAPI: true, corsEnabled: true } },
  ]);
}
