/**
 * The npm packages of each component, by system (`process.platform`-`process.arch`). The packages of the app have none
 * of them.
 * @type {Record<string, Record<string, readonly string[]>>}
 */
export const componentPackages = {
  cuda: {
    "linux-x64": ["@node-llama-cpp/linux-x64-cuda", "@node-llama-cpp/linux-x64-cuda-ext"],
    "win32-x64": ["@node-llama-cpp/win-x64-cuda", "@node-llama-cpp/win-x64-cuda-ext"],
  },
};
