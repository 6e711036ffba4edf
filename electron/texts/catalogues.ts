import type { Language } from "../contract/languages.ts";
import enChats from "./en/chats.json";
import enCli from "./en/cli.json";
import enCommands from "./en/commands.json";
import enBackups from "./en/backups.json";
import enBenchmark from "./en/benchmark.json";
import enDisk from "./en/disk.json";
import enDoctor from "./en/doctor.json";
import enDownloads from "./en/downloads.json";
import enHardware from "./en/hardware.json";
import enHub from "./en/hub.json";
import enFailures from "./en/failures.json";
import enFigures from "./en/figures.json";
import enModels from "./en/models.json";
import enNetwork from "./en/network.json";
import enSettings from "./en/settings.json";
import enShell from "./en/shell.json";
import frChats from "./fr/chats.json";
import frCli from "./fr/cli.json";
import frCommands from "./fr/commands.json";
import enTune from "./en/tune.json";
import enUpdates from "./en/updates.json";
import frBackups from "./fr/backups.json";
import frBenchmark from "./fr/benchmark.json";
import frDisk from "./fr/disk.json";
import frDoctor from "./fr/doctor.json";
import frDownloads from "./fr/downloads.json";
import frHardware from "./fr/hardware.json";
import frHub from "./fr/hub.json";
import frFailures from "./fr/failures.json";
import frFigures from "./fr/figures.json";
import frModels from "./fr/models.json";
import frNetwork from "./fr/network.json";
import frSettings from "./fr/settings.json";
import frShell from "./fr/shell.json";
import zhChats from "./zh-CN/chats.json";
import zhCli from "./zh-CN/cli.json";
import zhCommands from "./zh-CN/commands.json";
import frTune from "./fr/tune.json";
import frUpdates from "./fr/updates.json";
import zhBackups from "./zh-CN/backups.json";
import zhBenchmark from "./zh-CN/benchmark.json";
import zhDisk from "./zh-CN/disk.json";
import zhDoctor from "./zh-CN/doctor.json";
import zhDownloads from "./zh-CN/downloads.json";
import zhHardware from "./zh-CN/hardware.json";
import zhHub from "./zh-CN/hub.json";
import zhFailures from "./zh-CN/failures.json";
import zhFigures from "./zh-CN/figures.json";
import zhModels from "./zh-CN/models.json";
import zhNetwork from "./zh-CN/network.json";
import zhSettings from "./zh-CN/settings.json";
import zhShell from "./zh-CN/shell.json";
import zhTune from "./zh-CN/tune.json";
import zhUpdates from "./zh-CN/updates.json";

/** All texts of the app, by language and capability. */
export const catalogues = {
  en: {
    chats: enChats,
    cli: enCli,
    commands: enCommands,
    backups: enBackups,
    benchmark: enBenchmark,
    disk: enDisk,
    doctor: enDoctor,
    downloads: enDownloads,
    failures: enFailures,
    figures: enFigures,
    hardware: enHardware,
    hub: enHub,
    models: enModels,
    network: enNetwork,
    settings: enSettings,
    shell: enShell,
    tune: enTune,
    updates: enUpdates,
  },
  fr: {
    chats: frChats,
    cli: frCli,
    commands: frCommands,
    backups: frBackups,
    benchmark: frBenchmark,
    disk: frDisk,
    doctor: frDoctor,
    downloads: frDownloads,
    failures: frFailures,
    figures: frFigures,
    hardware: frHardware,
    hub: frHub,
    models: frModels,
    network: frNetwork,
    settings: frSettings,
    shell: frShell,
    tune: frTune,
    updates: frUpdates,
  },
  "zh-CN": {
    chats: zhChats,
    cli: zhCli,
    commands: zhCommands,
    backups: zhBackups,
    benchmark: zhBenchmark,
    disk: zhDisk,
    doctor: zhDoctor,
    downloads: zhDownloads,
    failures: zhFailures,
    figures: zhFigures,
    hardware: zhHardware,
    hub: zhHub,
    models: zhModels,
    network: zhNetwork,
    settings: zhSettings,
    shell: zhShell,
    tune: zhTune,
    updates: zhUpdates,
  },
} satisfies Record<Language, Record<string, object>>;
