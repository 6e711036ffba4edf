import { expect, test, vi } from "vitest";
import { keptSecrets } from "../../../electron/main/keptSecrets.ts";
import { temporaryFolder } from "../../support/temporaryFolder.ts";

vi.mock("electron", () => ({
  safeStorage: {
    isEncryptionAvailable: () => true,
    getSelectedStorageBackend: () => "gnome_libsecret",
    encryptString: (text: string) => Buffer.from(text).reverse(),
    decryptString: (bytes: Buffer) => Buffer.from(bytes).reverse().toString(),
  },
}));

test("secrets that are set at once are all kept", async () => {
  const secrets = keptSecrets(await temporaryFolder());
  const names = Array.from({ length: 8 }, (_, index) => `name ${index}`);
  await Promise.all(names.map((name) => secrets.set(name, `secret of ${name}`)));
  expect(await Promise.all(names.map((name) => secrets.get(name)))).toEqual(names.map((name) => `secret of ${name}`));
  await Promise.all([secrets.set("name 0", null), secrets.set("name 1", "another")]);
  expect(await Promise.all(names.slice(0, 3).map((name) => secrets.get(name)))).toEqual([
    null,
    "another",
    "secret of name 2",
  ]);
});
