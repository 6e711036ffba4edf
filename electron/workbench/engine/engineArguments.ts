import type { Backend } from "../../contract/engine.ts";
import type { EnginePaths } from "./EnginePaths.ts";

/** Resolves with the arguments that start an engine, or try a backend in one. */
export async function engineArguments(
  { entry, packagesFor }: EnginePaths,
  flag: "--backend" | "--probe",
  backend: Backend,
): Promise<string[]> {
  const packages = (await packagesFor?.(backend)) ?? null;
  return [entry, flag, backend, ...(packages === null ? [] : ["--packages", packages])];
}
