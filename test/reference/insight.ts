import { reference } from './read.js';

interface InsightReference {
  X: number[][];
  labels: string[];
  silhouette: { mean: number; perRow: number[] };
  separation: { fisherRatio: number; distances: number[][]; overlap: number[][] };
  overlap: number[][];
  unmix: { members: number[][]; rows: number[][]; shares: number[][]; residuals: number[] };
  agreement: { a: number[][]; b: number[][]; spearman: number[] };
  localisation: { marked: number[][]; auc: number[] };
  occlusion: { weights: number[]; rows: number[][]; falls: number[][] };
}

export const insight = reference<InsightReference>('insight');
