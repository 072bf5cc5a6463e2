// Loaded before anything else where user code runs, by `node --require`: danfo asks for all of mathjs, a
// spreadsheet reader and an HTTP client when it is imported, and uses them in a few of its functions. It gets stand-ins
// that load the package when something of it is first wanted, since they take most of the time of its import.
{
  interface Asker {
    readonly filename?: string;
  }
  interface Loader {
    _load(request: string, parent: Asker | undefined, isMain: boolean): unknown;
  }

  const LATER = new Set(['mathjs', 'xlsx', 'request']);
  const loader = require('node:module') as Loader;
  const load = loader._load;
  const isDanfo = (parent: Asker | undefined): boolean =>
    /[/\\]node_modules[/\\]danfojs-node[/\\]/.test(parent?.filename ?? '');

  loader._load = function (request, parent, isMain) {
    const now = () => load.call(this, request, parent, isMain);
    return LATER.has(request) && isDanfo(parent) ? standIn(now) : now();
  };

  /** Behaves as the package does, calls included. Compiled TypeScript asks each for `__esModule` at once: these have none. */
  function standIn(make: () => unknown): unknown {
    let made: object | undefined;
    const real = () => (made ??= make() as object);
    return new Proxy(() => {}, {
      get: (_, name) => (name === '__esModule' ? undefined : Reflect.get(real(), name)),
      has: (_, name) => Reflect.has(real(), name),
      apply: (_, self, args) => Reflect.apply(real() as () => unknown, self, args),
    });
  }
}
