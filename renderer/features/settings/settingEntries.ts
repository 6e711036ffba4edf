import type { English } from "../../../electron/texts/english.d.ts";

export const settingTabs = ["general", "models", "servers", "privacy", "appearance"] as const;
export type SettingTab = (typeof settingTabs)[number];

/** Every setting in the order in which it is shown, with the tab that it is on. */
export const settingEntries = {
  language: "general",
  startWith: "general",
  defaultThinking: "general",
  longChats: "general",
  notifyReplies: "general",
  showReplyInNotification: "general",
  checkUpdates: "general",
  moveChats: "general",
  home: "general",
  command: "general",
  version: "general",
  defaultModelId: "models",
  contextSize: "models",
  idleUnloadMinutes: "models",
  backend: "models",
  estimateSpeed: "models",
  improveTitles: "models",
  readAheadCharge: "models",
  keptStateBytes: "models",
  downloadBytesPerSecond: "models",
  servers: "servers",
  llamaServer: "servers",
  apiServer: "servers",
  apiServerAddress: "servers",
  apiServerKey: "servers",
  apiServerPort: "servers",
  apiServerNetwork: "servers",
  apiServerOrigins: "servers",
  apiServerStarts: "servers",
  apiServerContents: "servers",
  offline: "privacy",
  leaves: "privacy",
  chatLock: "privacy",
  lockAfterMinutes: "privacy",
  lockOnSleep: "privacy",
  keptStates: "privacy",
  disk: "privacy",
  backups: "privacy",
  hubEndpoint: "privacy",
  hubToken: "privacy",
  theme: "appearance",
  textSize: "appearance",
  readingWidth: "appearance",
  density: "appearance",
} as const satisfies Record<keyof English["settings"]["names"], SettingTab>;

export type SettingId = keyof typeof settingEntries;
export const settingIds = Object.keys(settingEntries) as SettingId[];

/** Returns the id of the setting's field, for labels and for the focus. */
export const fieldOf = (id: SettingId): string => `setting-${id}`;
