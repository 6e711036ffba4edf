/**
 * Returns the folder that a build names as the place of the components' archives, from the environment, without a slash
 * at its end. Null if it names none, and they come from npm's registry.
 */
export function componentsPlace() {
  return process.env["R1_COMPONENTS_URL"]?.replace(/\/+$/, "") || null;
}
