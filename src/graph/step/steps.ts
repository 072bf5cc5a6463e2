import type * as tf from '@tensorflow/tfjs-node';
import { freezable, layersOf } from '../../models/freeze.js';
import type { OptimizerOptions } from '../../models/training/options.js';
import { tensorflow } from '../../numeric/tensorflow.js';
import type { GraphOptions } from '../options.js';
import { listenToLayers } from '../record/layer-calls.js';
import type { Recorded } from '../record/record.js';
import { clipGradients } from './gradients.js';
import { modalityDropout } from './modality-dropout.js';
import { type Named, type Objective, objectiveOf } from './objective.js';
import { optimizerOver, type Update } from './optimizer.js';
import { parametersOf, variableOf, weightsOf } from './parameters.js';
import { penaltiesOf } from './penalties.js';
import type { TargetSpec } from './targets.js';

/** What is done with a model, as plain tfjs functions: recorded for a graph, or run as they are. */
export interface Steps {
  readonly inputs: readonly InputSpec[];
  readonly outputs: readonly Named[];
  readonly targets: readonly TargetSpec[];
  /** What the scores are, `loss` first. */
  readonly names: readonly string[];
  /** The model's weights, and behind them the training's own state. */
  readonly variables: readonly tf.Variable[];
  /** How many of the variables are the model's weights. */
  readonly weightCount: number;
  /** Scores, and what the variables should hold next; batch normalisation moves its own. */
  train(batch: TensorBatch, rate: tf.Scalar): Recorded & { readonly updates: readonly Update[] };
  evaluate(batch: TensorBatch): Recorded;
  predict(inputs: readonly tf.Tensor[]): Recorded;
  dispose(): void;
}

export interface InputSpec extends Named {
  readonly dtype: 'float32' | 'int32';
}

export interface TensorBatch {
  readonly inputs: readonly tf.Tensor[];
  readonly truths: readonly tf.Tensor[];
  readonly weights: readonly tf.Tensor[];
}

/** The functions of a training. `loss` and `optimizer` have been settled. */
export function stepsOf(
  model: tf.LayersModel,
  loss: NonNullable<GraphOptions['loss']>,
  optimizer: OptimizerOptions,
  options: GraphOptions,
): Steps {
  const core = coreOf(model);
  const inputs = core.inputs.map((one, i) => inputSpec(one, core.inputNames[i]));
  const outputs = core.outputs.map((one, i) => ({ name: core.outputNames[i], shape: known(one, 'output') }));
  const layers = (options.layerLosses ?? []).map(({ layer }) => layerNamed(model, layer));
  const objective = objectiveOf(
    outputs,
    layers.map((layer) => ({ name: layer.name, shape: known(layer.output as tf.SymbolicTensor, 'layer') })),
    loss,
    options,
  );
  const frozen = <T>(run: () => T): T => whileFrozen(model, options.frozen ?? [], run);
  const parameters = frozen(() => parametersOf(model, options.layerRates));
  const moves = optimizerOver(parameters, optimizer);
  const penalties = penaltiesOf(core, parameters, options);
  const drop = modalityDropout(options.modalityDropout, core.inputNames);
  const weights = weightsOf(model).map(variableOf);
  const state = [...moves.state, ...objective.state];

  function apply(tensors: readonly tf.Tensor[], training: boolean) {
    const given = tensors.length === 1 ? tensors[0] : [...tensors];
    const { value, layerOutputs } = frozen(() =>
      withLayerOutputs(model, layers, () => core.apply(given, { training }) as tf.Tensor | tf.Tensor[]),
    );
    return { outputs: [value].flat(), layerOutputs };
  }

  return {
    ...{ inputs, outputs, targets: objective.targets, names: objective.names },
    variables: [...weights, ...state],
    weightCount: weights.length,
    train({ inputs: tensors, truths, weights: factors }, rate) {
      let told: ReturnType<Objective['assess']> | undefined;
      const { value, grads } = tensorflow().variableGrads(
        () => {
          told = objective.assess({ ...apply(drop(tensors), true), truths, weights: factors });
          // The gradients' own `tidy` would dispose of them.
          for (const tensor of [...told.scores, ...told.updates.map(([, next]) => next)])
            tensorflow().keep(tensor);
          return penalties
            .values()
            .reduce((sum, penalty) => sum.add(penalty), told.loss.clone()) as tf.Scalar;
        },
        parameters.map(({ variable }) => variable),
      );
      const found = parameters.map(({ variable }) => grads[variable.name] as tf.Tensor | undefined);
      const updates = moves.updates(clipGradients(found, options), rate);
      const scores = tensorflow().stack([value, ...told!.scores.slice(1).map(released)]);
      told!.scores[0].dispose();
      const moved = told!.updates.map(([variable, next]): Update => [variable, released(next)]);
      return { outputs: { scores, loss: value }, updates: [...updates, ...moved] };
    },
    evaluate({ inputs: tensors, truths, weights: factors }) {
      const { scores } = objective.assess({ ...apply(tensors, false), truths, weights: factors });
      return { outputs: { scores: tensorflow().stack(scores) } };
    },
    predict(tensors) {
      const { outputs: values } = apply(tensors, false);
      return { outputs: Object.fromEntries(values.map((value, i) => [`${i}`, value])) };
    },
    dispose() {
      penalties.dispose();
      tensorflow().dispose([...state]);
    },
  };
}

/** A kept tensor under the care of the `tidy` around. */
function released(kept: tf.Tensor): tf.Tensor {
  const copy = kept.clone();
  kept.dispose();
  return copy;
}

/** Where a sequential model keeps its graph of layers. */
function coreOf(model: tf.LayersModel): tf.LayersModel {
  if (model.getClassName() !== 'Sequential') return model;
  const sequential = model as unknown as { model?: tf.LayersModel; build(): void };
  if (sequential.model === undefined) sequential.build();
  return sequential.model!;
}

function inputSpec(tensor: tf.SymbolicTensor, name: string): InputSpec {
  const dtype = tensor.dtype === 'int32' ? 'int32' : 'float32';
  return { name, shape: known(tensor, 'input'), dtype };
}

/** A shape without its rows. */
function known({ shape, name }: tf.SymbolicTensor, what: string): number[] {
  const rest = shape.slice(1);
  if (rest.some((length) => length === null || length === undefined))
    throw new RangeError(
      `${what} "${name}" must have a known size, but has ${JSON.stringify(shape)}; give the model's inputs sizes`,
    );
  return rest as number[];
}

function layerNamed(model: tf.LayersModel, name: string): tf.layers.Layer {
  const found = layersOf(model).find((layer) => layer.name === name);
  if (found) return found;
  const names = layersOf(model).map((layer) => layer.name);
  throw new RangeError(
    `layerLosses must name layers of the model (${names.join(', ')}), but names "${name}"`,
  );
}

/** What a call of the model gives, and what some of its layers gave on the way. */
function withLayerOutputs<T>(
  model: tf.LayersModel,
  layers: readonly tf.layers.Layer[],
  call: () => T,
): { value: T; layerOutputs: tf.Tensor[] } {
  if (layers.length === 0) return { value: call(), layerOutputs: [] };
  const seen = new Map<string, tf.Tensor>();
  // tfjs disposes of what layers give; a kept clone shares the numbers and stays.
  const calls = listenToLayers(model, (name, output) => {
    seen.get(name)?.dispose(); // a layer that is used twice counts as it was last
    if (layers.some((layer) => layer.name === name)) seen.set(name, tensorflow().keep(output.clone()));
  });
  try {
    const value = call();
    const names = [...new Set(layers.map(({ name }) => name))];
    const own = new Map(names.map((name) => [name, released(seen.get(name)!)]));
    return { value, layerOutputs: layers.map(({ name }) => own.get(name)!) };
  } finally {
    calls.undo();
  }
}

/** Layers that are not trained use their running averages and keep their weights, while `run` lasts. */
function whileFrozen<T>(model: tf.LayersModel, names: readonly string[], run: () => T): T {
  // The model's own list tells best: a model inside it freezes its weights, but says nothing to its layers.
  const trained = new Set(model.trainableWeights);
  const isFrozen = (layer: tf.layers.Layer) =>
    names.includes(layer.name) ||
    (layer.weights.length > 0 && !layer.weights.some((weight) => trained.has(weight)));
  const frozenNames = new Set(
    layersOf(model)
      .filter(isFrozen)
      .map(({ name }) => name),
  );
  const freezing = freezable(model);
  freezing.set((name) => !frozenNames.has(name));
  try {
    return run();
  } finally {
    freezing.restore();
  }
}
