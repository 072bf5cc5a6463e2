import { readFileSync } from 'node:fs';

/** What a Jupyter connection file says. */
export interface Connection {
  transport: string;
  ip: string;
  key: string;
  shell_port: number;
  iopub_port: number;
  stdin_port: number;
  control_port: number;
  hb_port: number;
}

/**
 * Reads the connection file that Jupyter names on the kernel's command line.
 * @throws Error when the file asks for a signature scheme other than hmac-sha256.
 */
export function readConnection(path: string): Connection {
  const connection = JSON.parse(readFileSync(path, 'utf8'));
  const scheme = connection.signature_scheme ?? 'hmac-sha256';
  if (scheme !== 'hmac-sha256')
    throw new Error(`signature_scheme of ${path} must be hmac-sha256, but is ${scheme}`);
  return connection;
}

/** The ZeroMQ address of one of the five ports; `ipc` numbers its sockets with a dash. */
export function address({ transport, ip }: Connection, port: number): string {
  return transport === 'ipc' ? `ipc://${ip}-${port}` : `${transport}://${ip}:${port}`;
}
