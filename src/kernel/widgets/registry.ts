import { type Comm, kernelHooks } from '../hooks.js';
import { type Model, packState } from './state.js';

interface RegisteredModel extends Model {
  snapshot(): object;
}

const models = new Map<string, RegisteredModel>();
let isServing = false;

/** Keeps `model` for front ends that connect later. */
export function registerModel(model: RegisteredModel): void {
  models.set(model.modelId, model);
  if (isServing) return;
  isServing = true;
  kernelHooks()?.comms.register('jupyter.widget.control', (comm) => {
    comm.onMessage = (data) => (data.method === 'request_states' ? sendStates(comm) : undefined);
  });
}

export function forgetModel({ modelId }: Model): void {
  models.delete(modelId);
}

/** A page that was reloaded asks for everything at once. */
function sendStates(comm: Comm): void {
  const states: Record<string, object> = {};
  const paths: (string | number)[][] = [];
  const buffers: Uint8Array[] = [];
  for (const [id, model] of models) {
    const packed = packState(model.snapshot());
    states[id] = {
      model_name: packed.state._model_name,
      model_module: packed.state._model_module,
      model_module_version: packed.state._model_module_version,
      state: packed.state,
    };
    paths.push(...packed.paths.map((path) => [id, 'state', ...path]));
    buffers.push(...packed.buffers);
  }
  comm.send({ method: 'update_states', states, buffer_paths: paths }, { buffers });
}
