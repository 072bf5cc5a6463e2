// Loaded before anything else where user code runs, by `node --require`: so that a cell's own
// `import … from '@tensorflow/tfjs-node'`, and danfo's, get TensorFlow as `tensorflow()` prepares it: mended for newer
// Nodes, or in plain JavaScript where the native addon is missing. Loads nothing until somebody asks.
{
  interface Loader {
    _load(request: string, parent: unknown, isMain: boolean): unknown;
    _resolveFilename(request: string, parent: unknown): string;
  }

  const NAME = '@tensorflow/tfjs-node';
  const loader = require('node:module') as Loader;
  const load = loader._load;
  let inside = false;

  /** Whether the asker would get our copy; a project with a tfjs-node of its own keeps it. */
  const isOurs = (parent: unknown): boolean => {
    try {
      return loader._resolveFilename(NAME, parent) === require.resolve(NAME);
    } catch {
      return false;
    }
  };

  loader._load = function (request, parent, isMain) {
    if (request !== NAME || inside || !isOurs(parent)) return load.call(this, request, parent, isMain);
    inside = true;
    try {
      return require('./tensorflow.js').tensorflow();
    } finally {
      inside = false;
    }
  };
}
