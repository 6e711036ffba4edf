// Loaded in front of the app (`electron -r`): where the app would start its engine, the file named by R1_TEST_ENGINE
// starts instead. Everything else of the way from the engine to the page stays the app's own.
const childProcess = require("node:child_process");
const { syncBuiltinESMExports } = require("node:module");

const { spawn } = childProcess;
childProcess.spawn = (command, args, options) => {
  const isEngine = /[\\/]engine\.js$/.test(args?.[0] ?? "");
  return spawn(command, isEngine ? [process.env.R1_TEST_ENGINE, ...args.slice(1)] : args, options);
};
syncBuiltinESMExports();
