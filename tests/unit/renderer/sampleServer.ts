import type { RemoteModel } from "../../../electron/contract/models.ts";
import type { Server, ServerAbilities } from "../../../electron/contract/servers.ts";
import { nano } from "./fakeBridge.ts";

export const abilities: ServerAbilities = {
  endsThought: false,
  skipsThinking: false,
  continues: false,
  continuesThought: false,
  countsTokens: false,
  showsPrompt: false,
  followsSchema: false,
};

/** A server on another machine, tested, with one model. */
export const sampleServer: Server = {
  id: "s1",
  name: "Workstation",
  url: "https://gpu.example.org/v1",
  host: "gpu.example.org",
  isThisMachine: false,
  isEncrypted: true,
  dialect: "vllm",
  abilities,
  keyFrom: "keychain",
  keyVariable: null,
  certificate: null,
  models: [{ modelId: "s1-r1", name: "deepseek-r1", contextLength: 131_072 }],
  test: {
    state: "done",
    at: Date.now(),
    findings: {
      latencyMs: 40,
      leftOut: 0,
      asked: "deepseek-r1",
      thoughtField: "reasoning",
      counting: "tokenize",
      ttftMs: 410,
      tokensPerSecond: 31.2,
    },
  },
};

/** Its model in the list of models. */
export const remoteModel: RemoteModel = {
  ...nano,
  id: "s1-r1",
  name: "deepseek-r1",
  source: {
    kind: "server",
    serverId: "s1",
    serverName: "Workstation",
    host: "gpu.example.org",
    isThisMachine: false,
    modelName: "deepseek-r1",
    abilities,
  },
  sizeBytes: 0,
  quantization: "unknown",
  architecture: "unknown",
  parameters: 0,
  contextLength: 131_072,
  builtIn: false,
  owner: "server",
};
