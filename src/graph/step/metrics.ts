import type * as tf from '@tensorflow/tfjs-node';
import { tensorflow } from '../../numeric/tensorflow.js';
import type { MetricChoice } from '../options.js';

/** The name under which a metric is reported. */
export const metricName = (metric: MetricChoice): string =>
  typeof metric === 'string' ? metric : metric.name || 'metric';

/** The mean of a metric over a batch. Targets are one-hot where there are classes. */
export function measure(metric: MetricChoice, truth: tf.Tensor, output: tf.Tensor): tf.Scalar {
  const perRow =
    typeof metric === 'function'
      ? metric(truth, output)
      : {
          accuracy: () => accuracy(truth, output),
          meanSquaredError: () => output.sub(truth).square(),
          meanAbsoluteError: () => output.sub(truth).abs(),
        }[metric]();
  return perRow.mean();
}

function accuracy(truth: tf.Tensor, output: tf.Tensor): tf.Tensor {
  const { equal, cast, greater, argMax } = tensorflow();
  const isRight =
    output.shape.at(-1) === 1
      ? equal(greater(truth, 0.5), greater(output, 0.5))
      : equal(argMax(truth, -1), argMax(output, -1));
  return cast(isRight, 'float32');
}
