import assert from 'node:assert/strict';
import { test } from 'node:test';
import type {
  Attribute,
  ConstantNode,
  Node,
  OperationNode,
  Program,
  Recording,
} from '../../src/graph/recording.js';
import { rewrite } from '../../src/graph/rewrite/rewrite.js';
import { BATCHES, unify } from '../../src/graph/symbolic.js';

const T: Attribute = { name: 'T', type: 'type', value: 1 };
const operation = (name: string, inputs: number[], output: number, attributes = [T]): OperationNode => ({
  kind: 'operation',
  operation: name,
  inputs,
  outputs: [output],
  attributes,
  layer: 'one',
});

/** A constant of the batch that is made by `of`, in a recording of that alone. */
function recorded(of: (batch: number) => { values: ConstantNode['values']; shape: number[] }) {
  const [a, b] = BATCHES.map((batch): Recording => {
    const { values, shape } = of(batch);
    const node: Node = { kind: 'constant', values, outputs: [0], layer: 'one' };
    const dtype = values instanceof Int32Array ? 3 : 1;
    return {
      values: [{ shape, dtype }],
      nodes: [node],
      inputs: [],
      variables: [],
      outputs: { y: 0 },
      updates: new Map(),
    };
  });
  return () => unify(a, b).nodes[0];
}

test('lengths are written as multiples, squares and successors of the batch', () => {
  const node = recorded((n) => ({ values: Int32Array.of(7, 2 * n, n * n, n + 2), shape: [4] }))();
  assert.deepEqual(node.kind === 'sizes' && node.sizes, [
    7,
    { scale: 2, power: 1, offset: 0 },
    { scale: 1, power: 2, offset: 0 },
    { scale: 1, power: 1, offset: 2 },
  ]);
});

test('numbers in proportion to a power of the batch are found', () => {
  for (const power of [1, -1, 2, -2]) {
    const node = recorded((n) => ({ values: Float32Array.of(0.3 * n ** power), shape: [] }))();
    assert.ok(node.kind === 'scaled' && node.power === power && Math.abs(node.scale - 0.3) < 1e-7);
  }
});

test('a constant of one value may follow the batch', () => {
  const node = recorded((n) => ({ values: new Float32Array(2 * n).fill(3), shape: [n, 2] }))();
  assert.deepEqual(node, {
    ...{ kind: 'fill', value: 3, outputs: [0], layer: 'one' },
    shape: [{ scale: 1, power: 1, offset: 0 }, 2],
  });
});

test('what the batch decides in another way is refused with the layer', () => {
  const refused: [Parameters<typeof recorded>[0], RegExp][] = [
    [
      (n) => ({ values: Int32Array.of(2 ** n), shape: [1] }),
      /^layer "one": a size depends on the batch in an unknown way \(8 for 3, 16 for 4\)$/,
    ],
    [
      (n) => ({ values: Float32Array.of(Math.log(n)), shape: [] }),
      /^layer "one" uses numbers that depend on the batch/,
    ],
    [
      (n) => ({ values: Float32Array.from({ length: n }, (_, i) => i), shape: [n] }),
      /^layer "one" uses a table whose length/,
    ],
  ];
  for (const [of, message] of refused)
    assert.throws(
      recorded(of),
      (error: Error) => error.name === 'NotCompilable' && message.test(error.message),
    );
});

/** A program over one input and some variables, all of one shape. */
function program(nodes: Node<never>[] | OperationNode[], shapes: number[][], output: number): Program {
  const values = shapes.map((shape) => ({ shape, dtype: 1 }));
  const none = { variables: [], updates: new Map<number, number>() };
  return { values, nodes: nodes as OperationNode[], inputs: [0], outputs: { y: output }, ...none };
}

/** The operations on the way to the output, last first. */
function chain({ nodes, outputs }: Program): string[] {
  const node = nodes.find((one) => one.outputs[0] === outputs['y']);
  if (node?.kind !== 'operation') return [];
  const rest = chain({ nodes, outputs: { y: node.inputs[0] } } as unknown as Program);
  return [node.operation, ...rest];
}

test('casts and reshapes that change nothing disappear', () => {
  const cast: Attribute[] = ['SrcT', 'DstT'].map((name) => ({ name, type: 'type', value: 1 }));
  const nodes = [operation('Cast', [0], 1, cast), operation('Reshape', [1, 1], 2), operation('Relu', [2], 3)];
  assert.deepEqual(
    chain(
      rewrite(
        program(
          nodes,
          [
            [2, 3],
            [2, 3],
            [2, 3],
            [2, 3],
          ],
          3,
        ),
      ),
    ),
    ['Relu'],
  );
});

test('a pooled ReLU is the ReLU of what is pooled', () => {
  const nodes = [operation('Relu', [0], 1), operation('MaxPool', [1], 2)];
  const shapes = [
    [1, 4, 4, 2],
    [1, 4, 4, 2],
    [1, 2, 2, 2],
  ];
  assert.deepEqual(chain(rewrite(program(nodes, shapes, 2))), ['Relu', 'MaxPool']);
});

test('a ReLU that somebody else looks at stays where it is', () => {
  const nodes = [operation('Relu', [0], 1), operation('MaxPool', [1], 2), operation('Sum', [1], 3)];
  const shapes = [[1, 4, 4, 2], [1, 4, 4, 2], [1, 2, 2, 2], []];
  const two = { ...program(nodes, shapes, 2), outputs: { y: 2, z: 3 } };
  assert.deepEqual(chain(rewrite(two)), ['MaxPool', 'Relu']);
});
