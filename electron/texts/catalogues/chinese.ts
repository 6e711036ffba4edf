import apiServer from "../zh-CN/apiServer.json";
import backups from "../zh-CN/backups.json";
import benchmark from "../zh-CN/benchmark.json";
import chatLock from "../zh-CN/chatLock.json";
import chats from "../zh-CN/chats.json";
import cli from "../zh-CN/cli.json";
import commands from "../zh-CN/commands.json";
import disk from "../zh-CN/disk.json";
import doctor from "../zh-CN/doctor.json";
import downloads from "../zh-CN/downloads.json";
import exports from "../zh-CN/exports.json";
import failures from "../zh-CN/failures.json";
import imports from "../zh-CN/imports.json";
import figures from "../zh-CN/figures.json";
import hardware from "../zh-CN/hardware.json";
import hub from "../zh-CN/hub.json";
import llamaServer from "../zh-CN/llamaServer.json";
import models from "../zh-CN/models.json";
import network from "../zh-CN/network.json";
import preview from "../zh-CN/preview.json";
import servers from "../zh-CN/servers.json";
import settings from "../zh-CN/settings.json";
import shell from "../zh-CN/shell.json";
import tune from "../zh-CN/tune.json";
import updates from "../zh-CN/updates.json";

/** All Chinese texts of the app, by capability. */
export const chinese = {
  apiServer,
  backups,
  benchmark,
  chatLock,
  chats,
  cli,
  commands,
  disk,
  doctor,
  downloads,
  exports,
  failures,
  imports,
  figures,
  hardware,
  hub,
  llamaServer,
  models,
  network,
  preview,
  servers,
  settings,
  shell,
  tune,
  updates,
};
