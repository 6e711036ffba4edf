import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { runTool } from "./runTool.ts";

/** The versions that node-llama-cpp's packages are built for, and what they link against. */
const libraries = {
  linux: [/\blibcudart\.so\.1[23]\b/, /\blibcublas\.so\.1[23]\b/],
  win32: [
    ["cudart64_12.dll", "cudart64_13.dll"],
    ["cublas64_12.dll", "cublas64_13.dll"],
  ],
};

/**
 * Resolves with whether NVIDIA's own CUDA libraries are where the system finds them. They are no part of the driver, nor
 * of node-llama-cpp's packages.
 */
export async function hasCudaRuntime(environment: NodeJS.ProcessEnv = process.env, tool = runTool): Promise<boolean> {
  if (process.platform === "win32") {
    const { CUDA_PATH: toolkit, Path: path = environment["PATH"] ?? "" } = environment;
    const folders = [...path.split(delimiter), ...(toolkit ? [join(toolkit, "bin"), join(toolkit, "bin", "x64")] : [])];
    return libraries.win32.every((names) =>
      names.some((name) => folders.some((folder) => existsSync(join(folder, name)))),
    );
  }
  if (process.platform !== "linux") return false;
  // What the loader searches, which is not on the PATH of ordinary users everywhere.
  const known = (await tool("/sbin/ldconfig", ["-p"])) ?? (await tool("ldconfig", ["-p"])) ?? "";
  return libraries.linux.every((name) => name.test(known));
}
