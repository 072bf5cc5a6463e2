import { FLOAT32, INT32, type RandomNode, type Size } from '../recording.js';
import { attr, type Builder } from './builder.js';

const OPERATIONS = {
  uniform: 'StatelessRandomUniform',
  normal: 'StatelessRandomNormal',
  truncated: 'StatelessTruncatedNormal',
};

/**
 * Random numbers that follow from the seed, the step and the node's own number alone: a training that is resumed draws
 * what an uninterrupted one draws.
 * @param draw - two whole numbers: seed and step. @param place - the node's number among the random ones.
 */
export function drawRandom(
  graph: Builder,
  { distribution }: RandomNode<Size>,
  shape: string,
  draw: string,
  place: number,
): string {
  const int = { T: attr.type(INT32) };
  const float = { T: attr.type(FLOAT32) };
  // Multiples of the golden ratio lie far apart, so that neighbouring seeds share no stream.
  const own = graph.constant(Int32Array.of(Math.imul(place + 1, 0x9e3779b9), 0), [2]);
  const seed = graph.add('AddV2', [draw, own], int);
  const types = { dtype: attr.type(FLOAT32), T: attr.type(INT32), Tseed: attr.type(INT32) };
  const scalar = (value: number) => graph.constant(Float32Array.of(value), []);
  const { kind, scale, offset } = distribution;
  let name = graph.add(OPERATIONS[kind], [shape, seed], types);
  if (scale !== 1) name = graph.add('Mul', [name, scalar(scale)], float);
  return offset === 0 ? name : graph.add('AddV2', [name, scalar(offset)], float);
}
