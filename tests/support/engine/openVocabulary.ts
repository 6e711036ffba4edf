import { getLlama, type LlamaModel, LlamaLogLevel } from "node-llama-cpp";

/** Opens only a file's vocabulary, in this process, to compare token ids. */
export async function openVocabulary(path: string): Promise<{ model: LlamaModel; dispose: () => Promise<void> }> {
  // llama.cpp complains that there are no weights, which is intended.
  const logLevel = LlamaLogLevel.disabled;
  const llama = await getLlama({
    gpu: false,
    build: "never",
    skipDownload: true,
    progressLogs: false,
    logLevel,
    maxThreads: 1,
  });
  const model = await llama.loadModel({ modelPath: path, vocabOnly: true });
  return {
    model,
    async dispose() {
      await model.dispose();
      await llama.dispose();
    },
  };
}
