/** How often a llama-server that ended by itself is started again. */
export const mostRestarts = 3;

export const mostWorkers = 32;

/** In tokens. */
export const usualServerContext = 16_384;
export const leastServerContext = 512;
export const mostServerContext = 1_048_576;

const mostAddressChars = 260;
const addressPattern = /^(\[[0-9A-Fa-f:.]{2,45}\]|[A-Za-z0-9](?:[A-Za-z0-9.-]{0,251}[A-Za-z0-9])?):(?!0)\d{1,5}$/;

/** Returns whether it is the address of a worker (`rpc-server`): a host name or address with its port. IPv6 in brackets. */
export const isWorkerAddress = (address: string): boolean =>
  address.length <= mostAddressChars &&
  addressPattern.test(address) &&
  Number(address.slice(address.lastIndexOf(":") + 1)) <= 65_535;

/** The llama-server that the app runs, among the servers. */
export const startedServerId = "llama-server";

/** Returns whether a model is one of the llama-server that the app runs, also while that is off. */
export const isOfStartedServer = (modelId: string): boolean => modelId.endsWith(`@${startedServerId}`);
