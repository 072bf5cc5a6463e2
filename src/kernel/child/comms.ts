import { randomUUID } from 'node:crypto';
import type { CommContent } from '../execution/messages.js';
import type { Comm, CommOptions, Comms } from '../hooks.js';
import { currentContext } from './context.js';
import { send } from './link.js';
import { flush, print } from './output.js';

type OnOpen = Parameters<Comms['register']>[1];

/** The comms of this process, and `deliver`, which takes what the front end sends. */
export interface CommManager extends Comms {
  deliver(type: string, content: CommContent, buffers: Uint8Array[]): unknown;
}

export function createComms(): CommManager {
  const comms = new Map<string, Comm>();
  const targets = new Map<string, OnOpen>();
  const create = (id: string, target: string): Comm => {
    const comm: Comm = {
      id,
      target,
      send: (data, options) => post('comm_msg', { comm_id: id, data: { ...data } }, options),
      close: () => {
        comms.delete(id);
        post('comm_close', { comm_id: id, data: {} });
      },
    };
    comms.set(id, comm);
    return comm;
  };
  return {
    open: (target, data, options) => {
      const comm = create(randomUUID().replaceAll('-', ''), target);
      post('comm_open', { comm_id: comm.id, target_name: target, data: { ...data } }, options);
      return comm;
    },
    register: (target, onOpen) => void targets.set(target, onOpen),
    deliver: (type, { comm_id, target_name = '', data }, frames) => {
      // Own memory for each, so that typed arrays may be laid over it.
      const buffers = frames.map((frame) => new Uint8Array(frame));
      if (type === 'comm_open') return accept(create(comm_id, target_name), targets, data, buffers);
      const comm = comms.get(comm_id);
      if (type === 'comm_msg') return comm?.onMessage?.(data, buffers);
      comms.delete(comm_id);
      return comm?.onClose?.();
    },
  };
}

/** A comm to a target that nobody registered is closed again, and the user told. */
function accept(comm: Comm, targets: Map<string, OnOpen>, data: CommContent['data'], buffers: Uint8Array[]) {
  const onOpen = targets.get(comm.target);
  if (onOpen) return onOpen(comm, data, buffers);
  print('stderr', `no comm target named "${comm.target}" in this kernel\n`);
  return comm.close();
}

function post(type: string, content: CommContent, { metadata = {}, buffers = [] }: CommOptions = {}): void {
  flush();
  send({ t: 'comm', id: currentContext().id, type, content, metadata, buffers });
}
