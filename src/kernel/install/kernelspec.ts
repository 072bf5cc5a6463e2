import { join } from 'node:path';

export const KERNELS = [
  { name: 'nurdle', title: 'TypeScript (nurdle)', backend: 'live' },
  { name: 'nurdle-tslab', title: 'TypeScript (tslab)', backend: 'tslab' },
] as const;

/**
 * The kernelspec of one of the kernels. V8 options meant for the user's code reach the execution child only:
 * the protocol process starts from a snapshot, which any changed option would refuse.
 * @param root - the folder of this package.
 * @param node - the Node binary that runs the kernel.
 */
export function kernelspec(
  root: string,
  { backend, title }: (typeof KERNELS)[number],
  node = process.execPath,
): object {
  return {
    argv: command(join(root, 'dist/kernel'), node, backend),
    display_name: title,
    language: 'typescript',
    interrupt_mode: 'message',
    // biome-ignore lint/suspicious/noTemplateCurlyInString: Jupyter fills it in
    env: { NODE_OPTIONS: '', NURDLE_NODE_OPTIONS: '${NODE_OPTIONS}' },
    metadata: { debugger: false },
  };
}

/** The live backend starts from a snapshot, where there is a shell to look whether it fits. */
function command(folder: string, node: string, backend: string): string[] {
  if (backend === 'live' && process.platform !== 'win32')
    return ['/bin/sh', join(folder, 'launch.sh'), node, '{connection_file}'];
  return [node, join(folder, 'kernel.cjs'), '--backend', backend, '{connection_file}'];
}
