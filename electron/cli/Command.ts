import type { BenchmarkExportFormat, BenchmarkPlan } from "../contract/benchmark.ts";
import type { CommandName } from "./commandOptions.ts";

export interface ChatCommand {
  name: "chat";
  json: boolean;
  model: string | null;
  messagesFile: string | null;
  seed: number | undefined;
  temperature: number | undefined;
  maxTokens: number | null;
  think: boolean;
  prompt: string | null;
  /** A line to print first: why the chat is in the terminal and not in a window. */
  notice: string | null;
}

export interface BenchCommand {
  name: "bench";
  json: boolean;
  model: string | null;
  plan: BenchmarkPlan;
  threads: number | null;
  /** As llama-bench prints it; null: as a table for people. */
  output: BenchmarkExportFormat | null;
}

export interface TuneCommand {
  name: "tune";
  json: boolean;
  model: string | null;
  minutes: number;
  lossy: boolean;
  apply: boolean;
  undo: boolean;
}

/** What a command line asks for. */
export type Command =
  /** Of one command; null: of all. */
  | { name: "help"; about: CommandName | null }
  | { name: "version" }
  | ChatCommand
  | { name: "prompt"; json: boolean; model: string | null; messagesFile: string; think: boolean }
  | { name: "inspect"; json: boolean; file: string }
  | { name: "models"; json: boolean }
  | { name: "profile"; json: boolean; measureAgain: boolean }
  | BenchCommand
  | TuneCommand
  | {
      name: "fit";
      json: boolean;
      model: string;
      contextSize: number | null;
      depth: number;
      measureAgain: boolean;
    }
  | { name: "download"; json: boolean; repo: string; file: string; revision: string; acceptUnverified: boolean };
