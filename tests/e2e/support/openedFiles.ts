import { readFile } from "node:fs/promises";

/** A file that a traced process opened or ran. */
export interface OpenedFile {
  path: string;
  /** Whether it was started as a program. */
  isProgram: boolean;
}

/**
 * Returns the command prefix that writes down every file that a command and its descendants open or run. Without the
 * filter that --seccomp-bpf installs, the processes would stop at each of their system calls, and Electron takes minutes
 * to start.
 */
export const fileTracer = (traceFile: string, setEnv: Record<string, string> = {}): string[] => [
  ..."strace -f --seccomp-bpf -qq -y -e signal=none -e trace=open,openat,openat2,creat,execve,execveat -o".split(" "),
  traceFile,
  ...Object.entries(setEnv).flatMap(([name, value]) => ["-E", `${name}=${value}`]),
];

/** Resolves with what was opened or run, each file once, in the order of the trace. Folders are left out. */
export async function openedFiles(traceFile: string): Promise<OpenedFile[]> {
  const found = new Map<string, OpenedFile>();
  for (const call of wholeCalls(await readFile(traceFile, "utf8"))) {
    const opened = openedBy(call);
    if (opened !== null) found.set(`${opened.path} ${opened.isProgram}`, opened);
  }
  return [...found.values()];
}

/** Returns the calls of a trace, each in one piece: when processes take turns, strace interrupts one and resumes it. */
function wholeCalls(trace: string): string[] {
  const begun = new Map<string, string>();
  return trace.split("\n").flatMap((line) => {
    const [, process = "", text = ""] = /^(\d+) +(.*)$/.exec(line) ?? [];
    const beginning = /^(.*?) *<unfinished \.\.\.>$/.exec(text)?.[1];
    if (beginning !== undefined) {
      begun.set(process, beginning);
      return [];
    }
    const rest = /^<\.\.\. \w+ resumed>(.*)$/.exec(text)?.[1];
    return [rest === undefined ? text : `${begun.get(process) ?? ""}${rest}`];
  });
}

function openedBy(call: string): OpenedFile | null {
  const [, result = "", target] = / = (\d+)(?:<(.*)>)?(?:\(deleted\))?$/.exec(call) ?? [];
  if (result === "") return null;
  if (call.startsWith("execve")) {
    const path = /^execve(?:at)?\((?:[^,"]*, )?"([^"]*)"/.exec(call)?.[1] ?? call;
    return { path, isProgram: true };
  }
  return call.includes("O_DIRECTORY") || call.includes("O_PATH") ? null : { path: target ?? call, isProgram: false };
}
