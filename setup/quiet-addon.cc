// Loads tfjs-node's real addon with the standard error stream closed for a moment: TensorFlow 2.21 prints two lines
// about oneDNN while its library is loaded, before any setting of its own can silence them. With
// TF_CPP_MIN_LOG_LEVEL set below 2, nothing is silenced.
#include <dlfcn.h>
#include <fcntl.h>
#include <node_api.h>
#include <unistd.h>

#include <cstdlib>
#include <string>

using Init = napi_value (*)(napi_env, napi_value);

static std::string beside(const char* name) {
  Dl_info self;
  dladdr(reinterpret_cast<void*>(&beside), &self);
  std::string path(self.dli_fname);
  return path.substr(0, path.rfind('/') + 1) + name;
}

static bool wants_quiet() {
  setenv("TF_CPP_MIN_LOG_LEVEL", "2", 0);
  return std::atoi(std::getenv("TF_CPP_MIN_LOG_LEVEL")) >= 2;
}

NAPI_MODULE_INIT() {
  const bool quiet = wants_quiet();
  const int saved = quiet ? dup(2) : -1;
  if (quiet) {
    const int nowhere = open("/dev/null", O_WRONLY);
    dup2(nowhere, 2);
    close(nowhere);
  }
  void* library = dlopen(beside("tfjs_tensorflow.node").c_str(), RTLD_NOW | RTLD_LOCAL);
  const std::string problem = library ? "" : dlerror();
  Init init = library ? reinterpret_cast<Init>(dlsym(library, "napi_register_module_v1")) : nullptr;
  napi_value result = init ? init(env, exports) : nullptr;
  if (quiet) {
    dup2(saved, 2);
    close(saved);
  }
  if (!init) napi_throw_error(env, nullptr, problem.empty() ? "tfjs-node's addon has no entry" : problem.c_str());
  return result;
}
