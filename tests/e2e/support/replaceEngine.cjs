// Loaded in front of the app (`electron -r`): where the app would start its engine, the file named by R1_TEST_ENGINE
// starts instead. Everything else of the way from the engine to the page stays the app's own.
const childProcess = require("node:child_process");
const { syncBuiltinESMExports } = require("node:module");

const { spawn } = childProcess;
childProcess.spawn = (command, args, options) => {
  const isEngine = /[\\/]engine\.js$/.test(args?.[0] ?? "");
  // With these options the same file reads a model's header, or tries a backend, and ends.
  if (!isEngine || args.includes("--inspect") || args.includes("--probe")) return spawn(command, args, options);
  const { R1_TEST_ENGINE, R1_TEST_REPLY, R1_TEST_ENGINE_SAYS } = process.env;
  const env = { ...options.env, R1_TEST_REPLY, R1_TEST_ENGINE_SAYS };
  return spawn(command, [R1_TEST_ENGINE, ...args.slice(1)], { ...options, env });
};
syncBuiltinESMExports();
