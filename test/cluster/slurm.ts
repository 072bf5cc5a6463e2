import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** A real Slurm on this machine: a controller and two nodes of one core each. */
export interface Cluster {
  readonly folder: string;
  /** For those who talk to it. */
  readonly env: NodeJS.ProcessEnv;
  start(daemon: 'slurmctld' | 'n1' | 'n2'): void;
  /** Ends a daemon at once, as a power cut does. */
  kill(daemon: 'slurmctld' | 'n1' | 'n2'): void;
  close(): Promise<void>;
}

const PACKAGES = ['slurmctld', 'slurmd', 'slurm-client', 'munge'];
const has = (program: string): boolean => spawnSync('sh', ['-c', `command -v ${program}`]).status === 0;
const installed = (): boolean => ['slurmctld', 'slurmd', 'sbatch', 'munged'].every(has);

/** Why there can be no cluster here, or `false`; installs Debian's packages where that may be done. */
export function whyNoCluster(): string | false {
  if (process.platform !== 'linux') return 'Slurm runs on Linux';
  if (process.getuid?.() !== 0) return 'starting a Slurm takes root';
  if (installed()) return false;
  if (!has('apt-get')) return 'Slurm is not installed, and there is no apt-get';
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const get = (...words: string[]) => spawnSync('apt-get', [...words, '-qq'], { env, timeout: 240_000 });
  get('update');
  get('install', '-y', '--no-install-recommends', ...PACKAGES);
  return installed() ? false : `Debian's packages ${PACKAGES.join(', ')} could not be installed`;
}

export async function startCluster(): Promise<Cluster> {
  const folder = mkdtempSync(join(tmpdir(), 'nurdle-slurm-'));
  for (const name of ['state', 'spool-n1', 'spool-n2', 'log']) mkdirSync(join(folder, name));
  const [controller, first, second] = await freePorts(3);
  const configuration = configure(folder, controller, first, second);
  writeFileSync(join(folder, 'slurm.conf'), configuration);
  writeFileSync(join(folder, 'cgroup.conf'), '');
  const env = { ...process.env, SLURM_CONF: join(folder, 'slurm.conf') };
  const ownsMunge = startMunge();
  const quiet = { env, stdio: 'ignore' } as const;
  const start: Cluster['start'] = (daemon) =>
    void (daemon === 'slurmctld'
      ? execFileSync('slurmctld', [], quiet)
      : execFileSync('slurmd', ['-N', daemon], quiet));
  const pidOf = (daemon: string): number =>
    Number(readFileSync(join(folder, daemon === 'slurmctld' ? 'ctld.pid' : `slurmd-${daemon}.pid`), 'utf8'));
  const kill: Cluster['kill'] = (daemon) => process.kill(pidOf(daemon), 'SIGKILL');
  for (const daemon of ['slurmctld', 'n1', 'n2'] as const) start(daemon);
  await ready(env);
  return {
    ...{ folder, env, start, kill },
    async close() {
      spawnSync('scancel', ['--user=root'], quiet);
      await sleep(1000);
      for (const daemon of ['n1', 'n2', 'slurmctld'] as const)
        try {
          kill(daemon);
        } catch {} // it is down already
      if (ownsMunge) spawnSync('pkill', ['-x', 'munged']);
      await sleep(200);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** @returns whether it was started here. */
function startMunge(): boolean {
  if (spawnSync('munge', ['-n'], { stdio: 'ignore' }).status === 0) return false;
  mkdirSync('/run/munge', { recursive: true });
  if (!existsSync('/etc/munge/munge.key')) spawnSync('mungekey', ['--create']);
  spawnSync('sh', ['-c', 'chown munge /run/munge /etc/munge/munge.key; su munge -s /bin/sh -c munged']);
  return true;
}

async function ready(env: NodeJS.ProcessEnv): Promise<void> {
  for (let i = 0; i < 120; i++) {
    const { stdout } = spawnSync('sinfo', ['-h', '-N', '-o', '%T'], { env, encoding: 'utf8' });
    if (stdout?.trim() === 'idle\nidle') return;
    await sleep(500);
  }
  throw new Error('Slurm was not ready after a minute');
}

async function freePorts(count: number): Promise<number[]> {
  const servers = Array.from({ length: count }, () => createServer());
  const ports = await Promise.all(
    servers.map(
      (server) =>
        new Promise<number>((resolve) =>
          server.listen(0, '127.0.0.1', () => resolve((server.address() as { port: number }).port)),
        ),
    ),
  );
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
  return ports;
}

/** Short times, so that what is killed is missed soon. */
const configure = (folder: string, controller: number, first: number, second: number): string => `
ClusterName=nurdle
SlurmctldHost=${hostname()}(127.0.0.1)
SlurmUser=root
SlurmdUser=root
AuthType=auth/munge
StateSaveLocation=${folder}/state
SlurmdSpoolDir=${folder}/spool-%n
SlurmctldPidFile=${folder}/ctld.pid
SlurmdPidFile=${folder}/slurmd-%n.pid
SlurmctldPort=${controller}
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
SelectType=select/cons_tres
SelectTypeParameters=CR_Core
ReturnToService=2
SlurmdTimeout=10
MessageTimeout=10
MaxArraySize=9
SchedulerParameters=sched_min_interval=200000,batch_sched_delay=1
SlurmctldLogFile=${folder}/log/ctld.log
SlurmdLogFile=${folder}/log/slurmd-%n.log
JobAcctGatherType=jobacct_gather/none
AccountingStorageType=accounting_storage/none
MpiDefault=none
NodeName=n1 NodeHostname=${hostname()} NodeAddr=127.0.0.1 Port=${first} CPUs=1 RealMemory=4000
NodeName=n2 NodeHostname=${hostname()} NodeAddr=127.0.0.1 Port=${second} CPUs=1 RealMemory=4000
PartitionName=all Nodes=n1,n2 Default=YES State=UP MaxTime=INFINITE
`;

/** A command that goes on while the test does something to the cluster. */
export function runInBackground(args: readonly string[], options: { env: NodeJS.ProcessEnv; cwd: string }) {
  const child = spawn(process.execPath, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += chunk));
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  return { child, ended, output: () => output };
}
