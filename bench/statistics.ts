/**
 * The few numbers that say what a row of measurements comes to. Pure.
 *
 * @module
 */

/** The value below which `share` of the values lie. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (sorted.length - 1) * share;
  const low = sorted[Math.floor(at)] ?? NaN;
  const high = sorted[Math.ceil(at)] ?? NaN;
  return low + (high - low) * (at - Math.floor(at));
}

/** The value in the middle. */
export function median(values: readonly number[]): number {
  return quantile(values, 0.5);
}

/**
 * The exponent of the power law that fits best: the slope of the straight line
 * through the logarithms. 1 is linear, 2 quadratic.
 */
export function fitExponent(
  points: readonly (readonly [size: number, cost: number])[],
): number {
  const logs = points.map(([size, cost]) =>
    [Math.log(size), Math.log(cost)] as const
  );
  const meanX = mean(logs.map(([x]) => x));
  const meanY = mean(logs.map(([, y]) => y));
  const covariance = logs.map(([x, y]) => (x - meanX) * (y - meanY));
  const variance = logs.map(([x]) => (x - meanX) ** 2);
  return mean(covariance) / mean(variance);
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
