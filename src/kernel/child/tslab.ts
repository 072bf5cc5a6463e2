import { randomUUID } from 'node:crypto';
import { currentContext } from './context.js';
import { send } from './link.js';
import { flush } from './output.js';

/** Formats of tslab's `Display` and their MIME types. */
const FORMATS = {
  javascript: 'text/javascript',
  html: 'text/html',
  markdown: 'text/markdown',
  latex: 'text/latex',
  svg: 'image/svg+xml',
  png: 'image/png',
  jpeg: 'image/jpeg',
  gif: 'image/gif',
  pdf: 'application/pdf',
  text: 'text/plain',
};

/**
 * What `import * as tslab from 'tslab'` gives in a cell: tslab 1.0's public functions over this kernel. The
 * package itself would load a second TypeScript into the execution child.
 */
export function tslabModule(require: NodeJS.Require): object {
  return {
    display: createDisplay(),
    newDisplay: () => createDisplay(randomUUID()),
    versions: {
      tslab: require('tslab/package.json').version,
      typescript: require('@tslab/typescript-for-tslab/package.json').version,
      node: process.version,
    },
  };
}

function createDisplay(displayId?: string): object {
  let update = false;
  const raw = (type: string, content: unknown) => {
    const data = {
      [type]: content instanceof Uint8Array ? Buffer.from(content).toString('base64') : content,
    };
    flush();
    send({ t: 'display', id: currentContext().id, output: { data }, displayId, update });
    update = displayId !== undefined;
  };
  const methods = Object.entries(FORMATS).map(([name, type]) => [
    name,
    (content: unknown) => raw(type, content),
  ]);
  return { ...Object.fromEntries(methods), raw };
}
