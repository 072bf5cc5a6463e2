import type { Arena } from '../../numeric/wasm/arena.js';
import type { Operations } from '../../numeric/wasm/program.js';
import { optimizerStep, type Step } from './optimizer.js';
import type { TrainOptions } from './options.js';
import { penalty } from './penalty.js';
import type { Parameter, Stage } from './stage.js';

/** What moves the weights of all active stages once: penalties, then clipping, then the optimizer's step. */
export function updates(
  room: Arena,
  kernels: Operations,
  stages: readonly Stage[],
  options: TrainOptions,
): Step {
  const { layerRates = {}, optimizer = { kind: 'adam' }, clipValue, clipNorm } = options;
  const zeros = room.allocate(longest(stages));
  const sum = room.allocate(2);
  const blocks = stages.flatMap((stage) =>
    stage.parameters.map((parameter) => ({
      ...{ stage, parameter, factor: layerRates[stage.name] ?? 1 },
      penalise: penalty(kernels, options, zeros, stage.name, parameter),
      step: optimizerStep(room, kernels, optimizer, parameter),
    })),
  );
  return (learningRate) => {
    const active = blocks.filter(({ stage }) => stage.active);
    for (const { penalise } of active) penalise?.();
    const gradients = active.map(({ parameter }) => parameter);
    if (clipValue !== undefined)
      for (const { gradient, length } of gradients) kernels.clip(gradient, length, clipValue);
    if (clipNorm !== undefined) limitLength(kernels, gradients, clipNorm, sum);
    for (const { step, factor } of active) step(learningRate * factor);
  };
}

function limitLength(
  kernels: Operations,
  gradients: readonly Parameter[],
  clipNorm: number,
  sum: number,
): void {
  gradients.forEach(({ gradient, length }, i) => {
    kernels.sumSquares(gradient, length, sum, i === 0 ? 1 : 0);
  });
  for (const { gradient, length } of gradients) kernels.shorten(gradient, length, sum, clipNorm);
}

const longest = (stages: readonly Stage[]): number =>
  Math.max(4, ...stages.flatMap((stage) => stage.parameters.map((parameter) => parameter.length)));
