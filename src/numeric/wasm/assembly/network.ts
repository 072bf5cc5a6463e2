// Kernels of feed-forward networks: ../network.ts says what each is for and types them.
export { activate, infer, softmax } from './_activation';
export { exp1, log1 } from './_elementary';
export {
  binaryCrossentropy,
  binaryFocal,
  categoricalCrossentropy,
  categoricalFocal,
  residualLoss,
} from './_losses';
export { columnSums, gather, gatherWeights, matmul, multiply, transpose } from './_matmul';
export { affine, foldNorm, normalise, normaliseBack } from './_norm';
export { run } from './_program';
export { multiplyRows, weightGradient } from './_sparse';
export { adam, adamStep, clip, descend, pull, shorten, sumSquares } from './_update';
