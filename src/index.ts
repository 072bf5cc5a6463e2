export type { Features } from './descriptors/features.js';
export * from './numeric/matrix.js';
export type { Activation, DenseLayer, DenseNetwork } from './numeric/network.js';
export { type Random, random } from './numeric/random.js';
export { mapOnWorkers, type PoolOptions, shared } from './numeric/workers.js';
