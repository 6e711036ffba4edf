// Preloaded before the app (`electron -r`): Electron says that the system has a keychain, on a Linux that has none. What is
// kept in it is encrypted as Electron does there, with a key that is always the same.
const { app, safeStorage } = require("electron");

safeStorage.getSelectedStorageBackend = () => "gnome_libsecret";
app.once("ready", () => safeStorage.setUsePlainTextEncryption(true));
