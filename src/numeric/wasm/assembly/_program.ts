import { activate, infer } from './_activation';
import {
  binaryCrossentropy,
  binaryFocal,
  categoricalCrossentropy,
  categoricalFocal,
  residualLoss,
} from './_losses';
import { columnSums, gather, gatherWeights, matmul, multiply, transpose } from './_matmul';
import { affine, foldNorm, normalise, normaliseBack } from './_norm';
import { multiplyRows, weightGradient } from './_sparse';
import { adamStep, clip, descend, pull, shorten, sumSquares } from './_update';

// Calls to kernels, written down by ../program.ts: the operation's number, then its arguments, which stand there as the
// kernel wants them, for the engine sinks a conversion into the kernel's innermost loop. A training step is some thirty
// small calls; made from JavaScript one by one, they cost a tenth of it.

const INSTRUCTION: usize = 18 << 2; // bytes

/**
 * Runs a program of `count` instructions `times` times over batches of `n` rows, the first from place `from` of the
 * order; returns the sum over all rows of what the losses in the program say.
 */
export function run(program: usize, count: i32, times: i32, from: i32, n: i32): f64 {
  let total: f64 = 0;
  for (; times > 0; times--, from += n)
    for (let k = 0; k < count; k++)
      total += <f64>n * instruction(program + <usize>k * INSTRUCTION, (<usize>from) << 2);
  return total;
}

/** One instruction; its loss, or 0. `skip` is how many bytes of the order are done. The numbers are program.ts's. */
// biome-ignore format: a table, one operation a line
function instruction(p: usize, skip: usize): f64 {
  const operation = load<i32>(p);
  if (operation < 5) return loss(operation, p);
  switch (operation) {
    case 5: gather(at(p, 1), at(p, 2) + skip, at(p, 3), int(p, 4), int(p, 5)); break;
    case 6: gatherWeights(at(p, 1), at(p, 2) + skip, at(p, 3), int(p, 4)); break;
    case 7: matmul(at(p, 1), int(p, 2), int(p, 3), at(p, 4), int(p, 5), at(p, 6), int(p, 7), int(p, 8), int(p, 9), int(p, 10)); break;
    case 8: multiplyRows(at(p, 1), int(p, 2), at(p, 3), int(p, 4), at(p, 5), int(p, 6), int(p, 7), int(p, 8), int(p, 9), at(p, 10)); break;
    case 9: weightGradient(at(p, 1), int(p, 2), at(p, 3), int(p, 4), at(p, 5), int(p, 6), int(p, 7), int(p, 8), at(p, 9), at(p, 10), int(p, 11)); break;
    case 10: transpose(at(p, 1), int(p, 2), at(p, 3), int(p, 4), int(p, 5), int(p, 6)); break;
    case 11: columnSums(at(p, 1), at(p, 2), int(p, 3), int(p, 4)); break;
    case 12: multiply(at(p, 1), at(p, 2), int(p, 3)); break;
    case 13: activate(int(p, 1), at(p, 2), at(p, 3), at(p, 4), int(p, 5), int(p, 6), int(p, 7), float(p, 8), at(p, 9)); break;
    case 14: infer(int(p, 1), at(p, 2), at(p, 3), int(p, 4), int(p, 5)); break;
    case 15: normalise(at(p, 1), at(p, 2), at(p, 3), at(p, 4), at(p, 5), at(p, 6), at(p, 7), at(p, 8), int(p, 9), int(p, 10), float(p, 11), float(p, 12)); break;
    case 16: normaliseBack(at(p, 1), at(p, 2), at(p, 3), at(p, 4), at(p, 5), at(p, 6), at(p, 7), int(p, 8), int(p, 9)); break;
    case 17: affine(at(p, 1), at(p, 2), at(p, 3), at(p, 4), int(p, 5), int(p, 6)); break;
    case 18: foldNorm(at(p, 1), at(p, 2), at(p, 3), at(p, 4), at(p, 5), at(p, 6), int(p, 7), float(p, 8)); break;
    case 19: adamStep(at(p, 1), at(p, 2), at(p, 3), at(p, 4), int(p, 5), at(p, 6), real(p, 7), real(p, 9), real(p, 11), real(p, 13), real(p, 15)); break;
    case 20: descend(at(p, 1), at(p, 2), at(p, 3), int(p, 4), float(p, 5), float(p, 6), int(p, 7)); break;
    case 21: pull(at(p, 1), at(p, 2), at(p, 3), int(p, 4), float(p, 5)); break;
    case 22: clip(at(p, 1), int(p, 2), float(p, 3)); break;
    case 23: sumSquares(at(p, 1), int(p, 2), at(p, 3), int(p, 4)); break;
    case 24: shorten(at(p, 1), int(p, 2), at(p, 3), real(p, 4)); break;
    default: unreachable();
  }
  return 0;
}

function loss(operation: i32, p: usize): f64 {
  const Z = at(p, 1);
  const T = at(p, 2);
  const w = at(p, 3);
  const G = at(p, 4);
  const n = int(p, 5);
  const cols = int(p, 6);
  const ld = int(p, 7);
  const setting = real(p, 8);
  if (operation == 0) return binaryCrossentropy(Z, T, w, G, n, cols, ld);
  if (operation == 1) return categoricalCrossentropy(Z, T, w, G, n, cols, ld);
  if (operation == 2) return binaryFocal(Z, T, w, G, n, cols, ld, setting);
  if (operation == 3) return categoricalFocal(Z, T, w, G, n, cols, ld, setting);
  return residualLoss(Z, T, w, G, n, cols, ld, setting);
}

/** An argument that is an address. */
function at(p: usize, k: usize): usize {
  return load<usize>(p + (k << 2));
}

function int(p: usize, k: usize): i32 {
  return load<i32>(p + (k << 2));
}

function float(p: usize, k: usize): f32 {
  return load<f32>(p + (k << 2));
}

/** A double takes two places. */
function real(p: usize, k: usize): f64 {
  return load<f64>(p + (k << 2));
}
