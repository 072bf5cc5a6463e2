// Loads tfjs-node's real addon, and does two things that only native code can:
//   quiet   The standard error stream is closed for a moment: TensorFlow 2.21 prints two lines about oneDNN while its
//           library is loaded, before any setting of its own can silence them. With TF_CPP_MIN_LOG_LEVEL set below 2,
//           nothing is silenced.
//   small   To load is to read much of the library once (relocations, registrations), and all that stays mapped. Its
//           pages that cannot be written to are let go; what is used comes back from the file, page by page.
#include <dlfcn.h>
#include <fcntl.h>
#include <node_api.h>
#include <unistd.h>

#include <cstdlib>
#include <cstring>
#include <string>

#ifdef __linux__
#include <link.h>
#include <sys/mman.h>

/** A segment that cannot be written to holds nothing but its file's bytes, unless code itself is relocated. */
static bool relocates_code(const dl_phdr_info& library) {
  for (int i = 0; i < library.dlpi_phnum; i++) {
    if (library.dlpi_phdr[i].p_type != PT_DYNAMIC) continue;
    const auto* entry = reinterpret_cast<const ElfW(Dyn)*>(library.dlpi_addr + library.dlpi_phdr[i].p_vaddr);
    for (; entry->d_tag != DT_NULL; entry++)
      if (entry->d_tag == DT_TEXTREL || (entry->d_tag == DT_FLAGS && (entry->d_un.d_val & DF_TEXTREL))) return true;
  }
  return false;
}

static int let_go(dl_phdr_info* library, size_t, void*) {
  if (!std::strstr(library->dlpi_name, "libtensorflow_") || relocates_code(*library)) return 0;
  const auto page = static_cast<uintptr_t>(sysconf(_SC_PAGESIZE));
  for (int i = 0; i < library->dlpi_phnum; i++) {
    const ElfW(Phdr)& segment = library->dlpi_phdr[i];
    if (segment.p_type != PT_LOAD || (segment.p_flags & PF_W)) continue;
    const uintptr_t begin = library->dlpi_addr + segment.p_vaddr;
    const uintptr_t first = (begin + page - 1) & ~(page - 1);
    const uintptr_t last = (begin + segment.p_filesz) & ~(page - 1);
    if (first < last) madvise(reinterpret_cast<void*>(first), last - first, MADV_DONTNEED);
  }
  return 0;
}

static void let_unused_pages_go() { dl_iterate_phdr(let_go, nullptr); }
#else
static void let_unused_pages_go() {}
#endif

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
  let_unused_pages_go();
  if (quiet) {
    dup2(saved, 2);
    close(saved);
  }
  if (!init) napi_throw_error(env, nullptr, problem.empty() ? "tfjs-node's addon has no entry" : problem.c_str());
  return result;
}
