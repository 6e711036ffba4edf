/** The parts of the command palette and of the sheet of shortcuts, in their order. */
export const actionGroups = ["chats", "reply", "models", "view", "help"] as const;
export type ActionGroup = (typeof actionGroups)[number];

export interface ActionFacts {
  group: ActionGroup;
  /** In Electron's notation, such as "CmdOrCtrl+Shift+P". The first one is shown; all of them work. */
  keys?: readonly string[];
  /** On macOS, where the system or its conventions need other keys. */
  macKeys?: readonly string[];
  /** Handled by the list or field that has the focus, and by nothing else. */
  isLocal?: true;
}

/**
 * What a person can do with a key, from the menu or from the command palette. The menu, the palette, the sheet of
 * shortcuts and the window's keyboard handler all read this table; names are in `texts/*\/commands.json`.
 */
export const actions = {
  newChat: { group: "chats", keys: ["CmdOrCtrl+N"] },
  newTemporaryChat: { group: "chats" },
  lockChats: { group: "chats", keys: ["CmdOrCtrl+Shift+L"] },
  openChatWindow: { group: "chats", keys: ["CmdOrCtrl+Shift+N"] },
  searchChats: { group: "chats", keys: ["CmdOrCtrl+K", "/"] },
  showBranches: { group: "chats" },
  showPresets: { group: "chats" },
  find: { group: "chats", keys: ["CmdOrCtrl+F"] },
  findNext: { group: "chats", keys: ["F3"], macKeys: ["Cmd+G", "F3"] },
  findPrevious: { group: "chats", keys: ["Shift+F3"], macKeys: ["Cmd+Shift+G", "Shift+F3"] },
  renameChat: { group: "chats", keys: ["F2"], isLocal: true },
  deleteChat: { group: "chats", keys: ["Delete"], isLocal: true },
  pinChat: { group: "chats" },
  unpinChat: { group: "chats" },
  keepChat: { group: "chats" },
  moveChat: { group: "chats" },
  archiveChat: { group: "chats" },
  unarchiveChat: { group: "chats" },
  newFolder: { group: "chats" },
  chatSettings: { group: "chats" },
  attachDocuments: { group: "chats" },
  showPrompt: { group: "chats" },
  print: { group: "chats", keys: ["CmdOrCtrl+P"] },
  exportChat: { group: "chats" },
  exportAllChats: { group: "chats" },
  importChats: { group: "chats" },

  stopReply: { group: "reply", keys: ["Esc"], isLocal: true },
  skipThought: { group: "reply" },
  copyReply: { group: "reply", keys: ["CmdOrCtrl+Shift+C"] },
  regenerate: { group: "reply", keys: ["CmdOrCtrl+R"] },
  askSeveral: { group: "reply" },
  sendSeveral: { group: "reply" },
  compareModels: { group: "reply" },
  previousVersion: { group: "reply", keys: ["Alt+Left"] },
  nextVersion: { group: "reply", keys: ["Alt+Right"] },
  nextThinking: { group: "reply", keys: ["CmdOrCtrl+Shift+T"] },

  chooseModel: { group: "models", keys: ["CmdOrCtrl+M"], macKeys: ["Cmd+Shift+M"] },
  importModel: { group: "models", keys: ["CmdOrCtrl+O"] },
  addServer: { group: "models" },

  commandPalette: { group: "view", keys: ["CmdOrCtrl+Shift+P"] },
  toggleSidebar: { group: "view", keys: ["CmdOrCtrl+B"] },
  togglePreview: { group: "view", keys: ["CmdOrCtrl+Shift+E"] },
  focusPreview: { group: "view", keys: ["F6"] },
  toggleOffline: { group: "view" },
  toggleServer: { group: "view" },
  showChat: { group: "view", keys: ["CmdOrCtrl+1"] },
  showModels: { group: "view", keys: ["CmdOrCtrl+2"] },
  showHardware: { group: "view", keys: ["CmdOrCtrl+3"] },
  showBenchmark: { group: "view" },
  showTune: { group: "view" },
  showMachine: { group: "view" },
  showSettings: { group: "view", keys: ["CmdOrCtrl+,", "CmdOrCtrl+4"] },
  zoomIn: { group: "view", keys: ["CmdOrCtrl+Plus", "CmdOrCtrl+="] },
  zoomOut: { group: "view", keys: ["CmdOrCtrl+-"] },
  resetZoom: { group: "view", keys: ["CmdOrCtrl+0"] },
  useSystemTheme: { group: "view" },
  useLightTheme: { group: "view" },
  useDarkTheme: { group: "view" },

  showShortcuts: { group: "help", keys: ["CmdOrCtrl+/"] },
  showPrivacy: { group: "help" },
  showCommand: { group: "help" },
  showDisk: { group: "help" },
  openLogs: { group: "help" },
  copyDiagnostics: { group: "help" },
  showAbout: { group: "help" },
} as const satisfies Record<string, ActionFacts>;

export type ActionId = keyof typeof actions;
export const actionIds = Object.keys(actions) as ActionId[];

/** Returns the keys of an action on this system; the first one is the one that is shown. */
export function keysOf(id: ActionId, isMac: boolean): readonly string[] {
  const { keys = [], macKeys } = actions[id] as ActionFacts;
  return isMac && macKeys !== undefined ? macKeys : keys;
}
