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
    argv: [node, join(root, 'dist/kernel/kernel.cjs'), '--backend', backend, '{connection_file}'],
    display_name: title,
    language: 'typescript',
    interrupt_mode: 'message',
    // biome-ignore lint/suspicious/noTemplateCurlyInString: Jupyter fills it in
    env: { NODE_OPTIONS: '', NURDLE_NODE_OPTIONS: '${NODE_OPTIONS}' },
    metadata: { debugger: false },
  };
}
