/** The sum of the values that are not NaN. */
export const sumOfPresent = (values: Float64Array): number =>
  values.reduce((total, value) => (Number.isNaN(value) ? total : total + value), 0);
