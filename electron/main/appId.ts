/**
 * The app's id on Windows, which shows notifications only of apps that have one. The installer's shortcut has the same
 * (electron-builder.yml).
 */
export const appId = "io.github.r1-workbench";
