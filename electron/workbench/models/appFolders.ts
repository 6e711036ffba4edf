import { posix, win32 } from "node:path";
import type { ForeignOwner } from "../../contract/models.ts";

export interface Surroundings {
  platform: NodeJS.Platform;
  /** The user's home directory. */
  home: string;
  env: Readonly<Record<string, string | undefined>>;
}

/** A folder in which an app stores models, if it exists. */
export interface AppFolder {
  owner: ForeignOwner;
  folder: string;
}

/**
 * Returns the folders in which other apps store their models, most specific first, each path once. Only the Linux
 * folders were tested with real files; those of macOS and Windows are from the apps' documentation and untested.
 */
export function appFolders({ platform, home, env }: Surroundings): AppFolder[] {
  const join = (...parts: string[]): string => (platform === "win32" ? win32 : posix).join(...parts);
  const at = (owner: ForeignOwner, ...folders: (string | null)[]): AppFolder[] =>
    folders.filter((folder) => folder !== null).map((folder) => ({ owner, folder }));
  const set = (name: string): string | null => env[name] || null;
  const below = (folder: string | null, ...rest: string[]): string | null =>
    folder === null ? null : join(folder, ...rest);

  const roaming = set("APPDATA") ?? join(home, "AppData", "Roaming");
  const local = set("LOCALAPPDATA") ?? join(home, "AppData", "Local");
  const support = join(home, "Library", "Application Support");
  const config = set("XDG_CONFIG_HOME") ?? join(home, ".config");
  const data = set("XDG_DATA_HOME") ?? join(home, ".local", "share");
  const cache = set("XDG_CACHE_HOME") ?? join(home, ".cache");

  /** The parts that depend on the system: the folders of Jan's data, of GPT4All, and of Ollama as a service. */
  const system =
    platform === "win32"
      ? { jan: [join(roaming, "Jan", "data")], gpt4all: join(local, "nomic.ai", "GPT4All"), ollamaService: [] }
      : platform === "darwin"
        ? { jan: [join(support, "Jan", "data")], gpt4all: join(support, "nomic.ai", "GPT4All"), ollamaService: [] }
        : {
            jan: [join(data, "Jan", "data"), join(config, "Jan", "data")],
            gpt4all: join(data, "nomic.ai", "GPT4All"),
            ollamaService: ["/usr/share/ollama/.ollama/models", "/var/lib/ollama/models"],
          };

  const all = [
    ...at("lm-studio", join(home, ".lmstudio", "models"), join(home, ".cache", "lm-studio", "models")),
    ...[...system.jan, join(home, "jan")].flatMap((folder) =>
      at("jan", join(folder, "llamacpp", "models"), join(folder, "models")),
    ),
    ...at("gpt4all", system.gpt4all),
    ...at(
      "hugging-face",
      set("HF_HUB_CACHE"),
      set("HUGGINGFACE_HUB_CACHE"),
      below(set("HF_HOME"), "hub"),
      join(cache, "huggingface", "hub"),
    ),
    ...at("ollama", set("OLLAMA_MODELS"), join(home, ".ollama", "models"), ...system.ollamaService),
  ];
  return [...new Map(all.toReversed().map((each) => [each.folder, each])).values()].toReversed();
}
