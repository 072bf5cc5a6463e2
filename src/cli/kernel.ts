import { spawnSync } from 'node:child_process';
import { homedir, platform } from 'node:os';
import { dirname, join } from 'node:path';
import { installKernel, uninstallKernel } from '../kernel/install/install.js';

export const KERNEL_USAGE = `nurdle kernel install   [--user | --prefix DIR | --sys-prefix]
nurdle kernel uninstall [--user | --prefix DIR | --sys-prefix]
nurdle kernel path      [--user | --prefix DIR | --sys-prefix]

--user        for the current user (default)
--prefix DIR  into DIR/share/jupyter, such as a virtual environment
--sys-prefix  into the environment of the python on the PATH`;

/**
 * The command `nurdle kernel …`.
 * @param args - what follows `kernel` on the command line.
 * @returns what to print.
 * @throws RangeError when the command or an option is not known.
 */
export function kernelCommand([command, ...options]: readonly string[]): string {
  const share = shareFolder(options);
  switch (command) {
    case 'install':
      return installKernel(share).join('\n');
    case 'uninstall':
      return uninstallKernel(share).join('\n') || 'nothing was installed there';
    case 'path':
      return share.share;
    default:
      throw new RangeError(
        `command must be install, uninstall or path, but is ${command ?? 'missing'}\n${KERNEL_USAGE}`,
      );
  }
}

/** Where the options point: a prefix, or the user's data folder of Jupyter itself. */
function shareFolder(options: readonly string[]): { share: string } {
  const [option = '--user', value] = options;
  if (option === '--user') return { share: userFolder() };
  if (option === '--sys-prefix') return { share: join(pythonPrefix(), 'share/jupyter') };
  if (option === '--prefix' && value) return { share: join(value, 'share/jupyter') };
  throw new RangeError(`option must be --user, --prefix DIR or --sys-prefix, but is ${options.join(' ')}`);
}

/** `jupyter --data-dir` of the platform. */
function userFolder(): string {
  if (process.env.JUPYTER_DATA_DIR) return process.env.JUPYTER_DATA_DIR;
  if (platform() === 'darwin') return join(homedir(), 'Library/Jupyter');
  if (platform() === 'win32') return join(process.env.APPDATA ?? homedir(), 'jupyter');
  return join(process.env.XDG_DATA_HOME ?? join(homedir(), '.local/share'), 'jupyter');
}

function pythonPrefix(): string {
  const { stdout, error } = spawnSync('python3', ['-c', 'import sys; print(sys.prefix)'], {
    encoding: 'utf8',
  });
  if (error) throw new Error('--sys-prefix needs python3 on the PATH');
  return stdout.trim() || dirname(dirname(process.execPath));
}
