import type { GgufFacts, FileModel, RemoteModel } from "../../../electron/contract/models.ts";
import type { ServerAbilities } from "../../../electron/contract/servers.ts";

/** Returns a model as the library lists it; its file need not exist. */
export function listedModel(id: string): FileModel {
  return {
    id,
    name: id.toUpperCase(),
    source: { kind: "file", path: `/models/${id}.gguf` },
    sizeBytes: 1000,
    quantization: "Q8_0",
    architecture: "qwen2",
    family: "r1",
    parameters: 1,
    contextLength: 32_768,
    licence: null,
    builtIn: false,
    owner: "downloads",
    lastUsedAt: null,
    measuredTokensPerSecond: null,
    verified: null,
    problems: [],
  };
}

/** Returns a model on a server, which need not be there. */
export const remoteModel = (abilities: ServerAbilities): RemoteModel => ({
  ...listedModel("far"),
  source: {
    kind: "server",
    serverId: "gpu",
    serverName: "GPU",
    host: "gpu.example.org",
    isThisMachine: false,
    modelName: "far",
    abilities,
  },
});

/** Returns the facts in its file. The model called "NANO" is tiny. */
export function factsOf({ name, sizeBytes, contextLength }: FileModel): GgufFacts {
  const shape = {
    layers: 4,
    width: 128,
    heads: 4,
    keyValueHeads: 4,
    keyLength: 32,
    valueLength: 32,
    feedForward: 384,
    vocabulary: 262,
    experts: 0,
    activeExperts: 0,
    latentKeyValueElements: null,
    weightsBytes: name === "NANO" ? 1_000_000 : 1_000_000_000,
    repackableBytes: 0,
    largestTensorBytes: 1000,
  };
  const parts = { architecture: "qwen2", quantization: "Q8_0", chatTemplate: null, licence: null, layers: 4 };
  return { ...parts, name, parameters: 1, contextLength, sizeBytes, family: "r1", shape, matrices: [], problems: [] };
}
