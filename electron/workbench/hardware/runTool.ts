import { execFile } from "node:child_process";
import { childEnvironment } from "../childEnvironment.ts";

/** Runs a program of the system and answers its stdout; tests answer in its place. */
export type RunTool = (program: string, args: string[]) => Promise<string | null>;

/** Null when it is missing, fails or needs longer than 3 s. */
export const runTool: RunTool = (program, args) =>
  new Promise((resolve) => {
    const options = { env: childEnvironment(process.env), timeout: 3000, windowsHide: true };
    execFile(program, args, options, (error, stdout) => resolve(error === null ? stdout : null));
  });
