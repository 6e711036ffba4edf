/**
 * What the engine needs of node-llama-cpp, whose hundreds of modules the build puts into one file with this one
 * (`scripts/bundleLlama.mjs`). To be imported only when it is used, because that takes longer than anything before it.
 */
export {
  getLlama,
  getModuleVersion,
  GgmlType,
  LlamaGrammarEvaluationState,
  LlamaLogLevel,
} from "node-llama-cpp";
