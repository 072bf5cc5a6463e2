import type { ClassicalKind } from '../models/classical/classical.js';

/** A way to come to a model. */
export type Arm = { readonly name: string } & (ScratchArm | FineTuneArm | TraditionalArm);

/** The network, trained on the target alone. */
export interface ScratchArm {
  readonly kind: 'from scratch';
}

/** The network, pre-trained on the source and fine-tuned on the target. */
export interface FineTuneArm {
  readonly kind: 'fine-tune';
  /** How many layers, from the input on, keep their pre-trained weights. */
  readonly frozenLayers: number;
  /** Strength of the pull towards the pre-trained weights (L2-SP); 0. */
  readonly l2sp?: number;
  /** Thaws one layer after the other, from the output on; false. */
  readonly gradual?: boolean;
  /** Pre-training on shuffled labels: what is left of transfer when the source teaches nothing; false. */
  readonly shuffled?: boolean;
  /** How several source tables are learned: all rows at once (default), or one table after the other. */
  readonly sources?: 'together' | 'in turn';
  /** Other targets to be fine-tuned on first, in this order. */
  readonly via?: readonly string[];
}

/** A traditional model on the target's descriptors. */
export interface TraditionalArm {
  readonly kind: 'traditional';
  readonly model: ClassicalKind;
  /** What the model's own fit takes, such as `{ "trees": 300 }`. */
  readonly options?: Readonly<Record<string, number>>;
}

/** The arms of a full comparison: no transfer, transfer in its forms, a control for it, and the traditional models. */
export const ARMS: readonly Arm[] = [
  { name: 'from scratch', kind: 'from scratch' },
  { name: 'fine-tuned, all layers', kind: 'fine-tune', frozenLayers: 0 },
  { name: 'fine-tuned, 1 layer frozen', kind: 'fine-tune', frozenLayers: 1 },
  { name: 'fine-tuned, 2 layers frozen', kind: 'fine-tune', frozenLayers: 2 },
  { name: 'gradual unfreezing', kind: 'fine-tune', frozenLayers: 0, gradual: true },
  { name: 'L2-SP', kind: 'fine-tune', frozenLayers: 0, l2sp: 0.01 },
  { name: 'shuffled pre-training', kind: 'fine-tune', frozenLayers: 0, shuffled: true },
  { name: 'logistic regression', kind: 'traditional', model: 'logistic' },
  { name: 'random forest', kind: 'traditional', model: 'forest' },
  { name: 'boosted trees', kind: 'traditional', model: 'boosted' },
  { name: 'SVM', kind: 'traditional', model: 'svm' },
  { name: 'k-NN', kind: 'traditional', model: 'knn' },
];
