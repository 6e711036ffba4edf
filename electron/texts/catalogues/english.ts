import apiServer from "../en/apiServer.json";
import backups from "../en/backups.json";
import benchmark from "../en/benchmark.json";
import chatLock from "../en/chatLock.json";
import chats from "../en/chats.json";
import cli from "../en/cli.json";
import commands from "../en/commands.json";
import disk from "../en/disk.json";
import doctor from "../en/doctor.json";
import downloads from "../en/downloads.json";
import exports from "../en/exports.json";
import failures from "../en/failures.json";
import imports from "../en/imports.json";
import figures from "../en/figures.json";
import hardware from "../en/hardware.json";
import hub from "../en/hub.json";
import llamaServer from "../en/llamaServer.json";
import models from "../en/models.json";
import network from "../en/network.json";
import preview from "../en/preview.json";
import servers from "../en/servers.json";
import settings from "../en/settings.json";
import shell from "../en/shell.json";
import tune from "../en/tune.json";
import updates from "../en/updates.json";

/** All English texts of the app, by capability. */
export const english = {
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
