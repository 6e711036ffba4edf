/**
 * Returns electron-builder's arguments for signing, from the environment variables that hold the keys, and what a person
 * has to know about it.
 *
 * macOS: CSC_LINK with CSC_KEY_PASSWORD, or CSC_NAME; and for notarizing, APPLE_API_KEY, APPLE_API_KEY_ID and
 * APPLE_API_ISSUER. Windows: WIN_CSC_LINK with WIN_CSC_KEY_PASSWORD; or Azure's service with AZURE_SIGNING_ENDPOINT,
 * AZURE_SIGNING_ACCOUNT, AZURE_SIGNING_PROFILE, AZURE_SIGNING_PUBLISHER and the variables of its own login.
 * @param {NodeJS.Platform} platform
 * @param {NodeJS.ProcessEnv} env
 * @param {boolean} mustSign whether an unsigned package is refused
 * @returns {{ args: string[], notice: string | null }}
 */
export function signingArguments(platform, env, mustSign) {
  if (platform === "linux") return { args: [], notice: null };
  const has = (/** @type {string[]} */ ...names) => names.every((name) => env[name] !== undefined && env[name] !== "");
  const force = mustSign ? ["--config.forceCodeSigning=true"] : [];
  if (platform === "win32") {
    const names = [
      "AZURE_SIGNING_ENDPOINT",
      "AZURE_SIGNING_ACCOUNT",
      "AZURE_SIGNING_PROFILE",
      "AZURE_SIGNING_PUBLISHER",
    ];
    if (has(...names)) {
      const [endpoint, account, profile, publisher] = names.map((name) => env[name]);
      const azure = "--config.win.azureSignOptions";
      const args = [
        `${azure}.endpoint=${endpoint}`,
        `${azure}.codeSigningAccountName=${account}`,
        `${azure}.certificateProfileName=${profile}`,
        `${azure}.publisherName=${publisher}`,
      ];
      return { args: [...args, ...force], notice: null };
    }
    if (has("WIN_CSC_LINK") || has("CSC_LINK")) return { args: force, notice: null };
    return refuse(mustSign, ["--config.win.signExecutable=false"], "WIN_CSC_LINK or the AZURE_SIGNING variables");
  }
  if (!has("CSC_LINK") && !has("CSC_NAME")) {
    // Apple silicon runs only signed programs. Without a team of our own, the hardened runtime would refuse our libraries.
    const adHoc = ["--config.mac.identity=-", "--config.mac.hardenedRuntime=false", "--config.mac.notarize=false"];
    return refuse(mustSign, adHoc, "CSC_LINK or CSC_NAME");
  }
  if (has("APPLE_API_KEY", "APPLE_API_KEY_ID", "APPLE_API_ISSUER")) {
    return { args: ["--config.mac.notarize=true", ...force], notice: null };
  }
  return refuse(mustSign, ["--config.mac.notarize=false"], "APPLE_API_KEY, APPLE_API_KEY_ID and APPLE_API_ISSUER");
}

/**
 * @param {boolean} mustSign
 * @param {string[]} args for a package that is only tried
 * @param {string} missing
 */
function refuse(mustSign, args, missing) {
  if (mustSign) throw new Error(`This package cannot be signed and notarized: set ${missing}.`);
  return { args, notice: `This package is for trying only, because it is not fully signed. Missing: ${missing}.` };
}
