import type { Matrix } from '../../numeric/matrix.js';
import type { Named } from '../step/objective.js';
import type { Explainer, OutputChoice } from './explain.js';

/** A prediction with its gradient, as the attribution room takes it. */
export interface Differentiable {
  predict(rows: Matrix): Float64Array;
  /** n × d. */
  gradient(rows: Matrix): Matrix;
}

/** One unit of a net over rows that hold all inputs, flattened, one behind the other. */
export function differentiable(
  inputs: readonly Named[],
  explainer: Explainer,
  choice: OutputChoice,
): Differentiable {
  const widths = inputs.map(({ shape }) => shape.reduce((product, length) => product * length, 1));
  const d = widths.reduce((sum, width) => sum + width, 0);
  const starts = widths.map((_, i) => widths.slice(0, i).reduce((sum, width) => sum + width, 0));

  function split({ rows, cols, data }: Matrix): Float32Array[] {
    if (cols !== d)
      throw new RangeError(`rows must have ${d} columns like the net's inputs, but have ${cols}`);
    return widths.map((width, i) => {
      const part = new Float32Array(rows * width);
      for (let r = 0; r < rows; r++)
        part.set(data.subarray(r * d + starts[i], r * d + starts[i] + width), r * width);
      return part;
    });
  }

  return {
    predict(rows) {
      const { values, gradients } = explainer.gradient(split(rows), choice);
      const result = Float64Array.from(values.dataSync());
      for (const tensor of [values, ...gradients]) tensor.dispose();
      return result;
    },
    gradient(rows) {
      const { values, gradients } = explainer.gradient(split(rows), choice);
      const data = new Float64Array(rows.rows * d);
      gradients.forEach((tensor, i) => {
        const part = tensor.dataSync();
        for (let r = 0; r < rows.rows; r++)
          data.set(part.subarray(r * widths[i], (r + 1) * widths[i]), r * d + starts[i]);
      });
      for (const tensor of [values, ...gradients]) tensor.dispose();
      return { rows: rows.rows, cols: d, data };
    },
  };
}
