import type { OperationNode, Program } from '../recording.js';
import { asBiasAdd, asBiasAddGrad } from './bias.js';
import { asBroadcast, divideBeforeBroadcast } from './broadcast.js';
import { type Draft, draft } from './draft.js';
import { asMatMul } from './matmul.js';
import { mendMean, nameTypes, skipIdentity } from './mend.js';
import { poolBeforeRelu, sumBeforeUnpooling } from './pool.js';
import { asReluGrad } from './relu.js';
import { mergeReshapes } from './reshape.js';
import { biasBeforeReshape, reluBehindReshape } from './reshape-last.js';

/** Replaces a node, or lets its output stand for another value, when it fits. */
type Rule = (draft: Draft, node: OperationNode) => void;

const RULES: readonly Rule[] = [
  mendMean,
  nameTypes,
  skipIdentity,
  asMatMul,
  asBiasAdd,
  asReluGrad,
  asBroadcast,
  divideBeforeBroadcast,
  biasBeforeReshape,
  mergeReshapes,
  reluBehindReshape,
  poolBeforeRelu,
  sumBeforeUnpooling,
  asBiasAddGrad,
];

/**
 * The same program in fewer and faster operations. Values stay the same to the last bit but where a rule says
 * otherwise.
 */
export function rewrite(program: Program): Program {
  const open = draft(program);
  for (const rule of RULES)
    for (const { outputs } of program.nodes) {
      const node = open.maker(outputs[0]);
      if (node?.kind === 'operation' && node.outputs[0] === outputs[0]) rule(open, node);
    }
  return open.finish();
}
