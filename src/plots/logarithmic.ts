/**
 * A logarithmic axis for positive values: a tick at each power of ten, in a range below two of them at 2 and 5 as well,
 * labelled as people write numbers.
 */
export function logarithmicAxis(values: readonly number[]): Record<string, unknown> {
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const [first, last] = [Math.floor(Math.log10(low)), Math.ceil(Math.log10(high))];
  const digits = Math.log10(high / low) < 2 ? [1, 2, 5] : [1];
  const step = Math.ceil((last - first) / 10);
  const ticks: { value: number; label: string }[] = [];
  for (let exponent = first; exponent <= last; exponent += step)
    for (const digit of digits)
      ticks.push({ value: digit * 10 ** exponent, label: written(digit, exponent) });
  return { type: 'log', tickvals: ticks.map((t) => t.value), ticktext: ticks.map((t) => t.label) };
}

/** `0.05`, `20`, `5,000`, and a power of ten beyond. */
function written(digit: number, exponent: number): string {
  if (exponent >= 0 && exponent <= 5)
    return `${digit}${'0'.repeat(exponent)}`.replace(/(\d)(?=(\d{3})+$)/g, '$1,');
  if (exponent < 0 && exponent >= -3) return (digit * 10 ** exponent).toFixed(-exponent);
  const power = `10<sup>${String(exponent).replace('-', '−')}</sup>`;
  return digit === 1 ? power : `${digit}·${power}`;
}
