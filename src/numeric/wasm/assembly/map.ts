// shared memory
export { affinities, divergence } from './_affinities';
export { attraction, descend } from './_descent';
export { columnsBackward, columnsForward, gather, rowsConvolve, rowsForward, spread } from './_grid';
export { neighbours } from './_neighbours';
export { buildTree, repulsion } from './_tree';
