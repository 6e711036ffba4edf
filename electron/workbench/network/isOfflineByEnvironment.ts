/** Returns whether `R1_OFFLINE` is set to anything but 0, which starts the app and `r1` offline. */
export function isOfflineByEnvironment(environment: NodeJS.ProcessEnv = process.env): boolean {
  const value = environment["R1_OFFLINE"]?.trim() ?? "";
  return value !== "" && value !== "0";
}
