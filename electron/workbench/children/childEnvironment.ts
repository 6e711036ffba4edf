/**
 * The environment variables that a child process may have: paths of the system, its libraries and the user's folders,
 * the language, and settings of llama.cpp, OpenMP and graphics drivers. An allowlist, because the names under which
 * people keep secrets cannot be listed.
 */
const exactly = new Set([
  // The system and its loader
  ...names("PATH LD_LIBRARY_PATH DYLD_LIBRARY_PATH DYLD_FALLBACK_LIBRARY_PATH SYSTEMROOT SYSTEMDRIVE WINDIR"),
  ...names("COMSPEC PATHEXT OS NUMBER_OF_PROCESSORS PROCESSOR_ARCHITECTURE PROCESSOR_IDENTIFIER"),
  // Folders: drivers store their compiled kernels in the user's caches
  ...names("HOME USERPROFILE APPDATA LOCALAPPDATA PROGRAMDATA PROGRAMFILES PROGRAMFILES(X86) PROGRAMW6432"),
  ...names("COMMONPROGRAMFILES COMMONPROGRAMFILES(X86) TMPDIR TEMP TMP"),
  ...names("XDG_CACHE_HOME XDG_CONFIG_HOME XDG_CONFIG_DIRS XDG_DATA_HOME XDG_DATA_DIRS"),
  // Language
  ...names("LANG LANGUAGE __CF_USER_TEXT_ENCODING"),
  // Which graphics card, and where its driver is
  ...names(
    "DRI_PRIME LIBVA_DRIVERS_PATH LIBGL_DRIVERS_PATH GPU_DEVICE_ORDINAL ONEAPI_DEVICE_SELECTOR ZE_AFFINITY_MASK",
  ),
]);

function names(text: string): string[] {
  return text.split(" ");
}

/**
 * Families of settings: locale; llama.cpp and its addon; OpenMP; Vulkan's loader and Mesa's drivers; CUDA and NVIDIA's
 * driver; ROCm; Metal.
 */
const families =
  /^(LC|GGML|LLAMA|OMP|GOMP|KMP|VK|MESA|RADV|ANV|NVK|INTEL|AMD|CUDA|CUBLAS|NVIDIA|__NV|HIP|HSA|ROCR|ROCM|ROCBLAS|MTL|METAL)_[A-Z0-9_]+$/;

/** Names that look like secrets are left out, even if they belong to a family. */
const secret = /TOKEN|SECRET|PASSWORD|PASSWD|CREDENTIAL|PRIVATE|API_?KEY|ACCESS_?KEY|AUTH/;

/** Returns the variables of `parent` that a child process may have. */
export function childEnvironment(parent: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  // Windows ignores case and writes "Path" and "SystemRoot".
  const isLetIn = (name: string): boolean => {
    const upper = name.toUpperCase();
    return exactly.has(upper) || (families.test(upper) && !secret.test(upper));
  };
  return Object.fromEntries(Object.entries(parent).filter(([name]) => isLetIn(name)));
}
