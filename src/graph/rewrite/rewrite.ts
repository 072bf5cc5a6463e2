import type { OperationNode, Program } from '../recording.js';
import { asBiasAdd } from './bias.js';
import { type Draft, draft } from './draft.js';
import { asMatMul } from './matmul.js';
import { mendMean, skipIdentity } from './mend.js';
import { poolBeforeRelu } from './pool.js';
import { asReluGrad } from './relu.js';

/** Replaces a node, or lets its output stand for another value, when it fits. */
type Rule = (draft: Draft, node: OperationNode) => void;

const RULES: readonly Rule[] = [mendMean, skipIdentity, asMatMul, asBiasAdd, asReluGrad];

/** The same program in fewer and faster operations; every rule keeps the values to the last bit or says otherwise. */
export function rewrite(program: Program): Program {
  const open = draft(program);
  for (const rule of RULES)
    for (const { outputs } of program.nodes) {
      const node = open.maker(outputs[0]);
      if (node?.kind === 'operation' && node.outputs[0] === outputs[0]) rule(open, node);
    }
  poolBeforeRelu(open);
  return open.finish();
}
