import { type BatchSize, FLOAT32, INT32, type Size } from '../recording.js';
import { attr, type Builder } from './builder.js';

/** Lengths that follow the batch, as values of a graph. */
export interface Lengths {
  /** A shape. */
  vector(sizes: readonly Size[]): string;
  /** Whole numbers of any shape. */
  shaped(sizes: readonly Size[], shape: readonly number[]): string;
  /** `scale · Bᵖᵒʷᵉʳ` as a float. */
  scaled(scale: number, power: number): string;
}

const INT = { T: attr.type(INT32) };
const FLOAT = { T: attr.type(FLOAT32) };

/** @param batchOf - a value whose first axis is the batch, and its type. */
export function lengths(graph: Builder, batchOf: string, dtype: number): Lengths {
  const made = new Map<string, string>();
  const once = (key: string, make: () => string): string => {
    if (!made.has(key)) made.set(key, make());
    return made.get(key)!;
  };
  const whole = (value: number) => once(`int ${value}`, () => graph.constant(Int32Array.of(value), []));
  const batch = () => once('batch', () => firstLength(graph, batchOf, dtype));
  const batchAsFloat = () =>
    once('float batch', () =>
      graph.add('Cast', [batch()], { SrcT: attr.type(INT32), DstT: attr.type(FLOAT32) }),
    );

  function follow({ scale, power, offset }: BatchSize): string {
    let name = batch();
    for (let p = 1; p < power; p++) name = graph.add('Mul', [name, batch()], INT);
    if (scale !== 1) name = graph.add('Mul', [name, whole(scale)], INT);
    return offset === 0 ? name : graph.add('AddV2', [name, whole(offset)], INT);
  }

  const scalar = (size: Size) =>
    typeof size === 'number' ? whole(size) : once(JSON.stringify(size), () => follow(size));

  function vector(sizes: readonly Size[]): string {
    return once(`vector ${JSON.stringify(sizes)}`, () => {
      if (sizes.every((size) => typeof size === 'number'))
        return graph.constant(Int32Array.from(sizes as number[]), [sizes.length]);
      return graph.add('Pack', sizes.map(scalar), { ...INT, N: attr.int(sizes.length), axis: attr.int(0) });
    });
  }

  return {
    vector,
    shaped(sizes, shape) {
      if (shape.length === 0) return scalar(sizes[0]);
      if (shape.length === 1) return vector(sizes);
      const types = { T: attr.type(INT32), Tshape: attr.type(INT32) };
      return graph.add('Reshape', [vector(sizes), vector(shape)], types);
    },
    scaled(scale, power) {
      const factor = graph.constant(Float32Array.of(scale), []);
      let name = factor;
      for (let p = 0; p < Math.abs(power); p++)
        name = graph.add(power > 0 ? 'Mul' : 'RealDiv', [name, batchAsFloat()], FLOAT);
      return name;
    },
  };
}

function firstLength(graph: Builder, value: string, dtype: number): string {
  const shape = graph.add('Shape', [value], { T: attr.type(dtype), out_type: attr.type(INT32) });
  const [from, to] = [0, 1].map((place) => graph.constant(Int32Array.of(place), [1]));
  return graph.add('StridedSlice', [shape, from, to, to], {
    ...{ T: attr.type(INT32), Index: attr.type(INT32) },
    ...{ begin_mask: attr.int(0), end_mask: attr.int(0), ellipsis_mask: attr.int(0) },
    ...{ new_axis_mask: attr.int(0), shrink_axis_mask: attr.int(1) },
  });
}
