import apiServer from "../fr/apiServer.json";
import backups from "../fr/backups.json";
import benchmark from "../fr/benchmark.json";
import chatLock from "../fr/chatLock.json";
import chats from "../fr/chats.json";
import cli from "../fr/cli.json";
import commands from "../fr/commands.json";
import disk from "../fr/disk.json";
import doctor from "../fr/doctor.json";
import downloads from "../fr/downloads.json";
import exports from "../fr/exports.json";
import failures from "../fr/failures.json";
import imports from "../fr/imports.json";
import figures from "../fr/figures.json";
import hardware from "../fr/hardware.json";
import hub from "../fr/hub.json";
import llamaServer from "../fr/llamaServer.json";
import models from "../fr/models.json";
import network from "../fr/network.json";
import preview from "../fr/preview.json";
import servers from "../fr/servers.json";
import settings from "../fr/settings.json";
import shell from "../fr/shell.json";
import tune from "../fr/tune.json";
import updates from "../fr/updates.json";

/** All French texts of the app, by capability. */
export const french = {
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
