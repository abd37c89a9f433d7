import type { Figures } from "../api/types";
import { percent, plural } from "../format/number";

/** What a paid device got in past epochs, and how often one was paid at all. Amounts in the token's smallest unit. */
export interface Range {
  epochs: number;
  /** Of the registered devices, how many were paid, 0 to 1; the middle epoch. */
  paidShare: number;
  low: bigint;
  middle: bigint;
  high: bigint;
}

/** Fewer epochs say nothing about the ends of the range. */
export const ENOUGH = 20;

/**
 * What one more device, as good as the others, would have got in an epoch: low is what nine of ten paid devices reached
 * in a bad epoch, high what one of ten exceeded in a good one. Where a tenth of the devices or more went unpaid, low is
 * nothing.
 */
export function range(series: readonly Figures[]): Range {
  const heard = series.filter((each) => each.registered > 0);
  const shares = heard.map((each) => each.paid / each.registered).sort((a, b) => a - b);
  const paidShare = shares[Math.floor(shares.length / 2)] ?? 0;
  return {
    epochs: heard.length,
    paidShare,
    low: paidShare > 0.9 ? rank(heard.map((each) => each.earningsP10), 10) : 0n,
    middle: rank(heard.map((each) => (each.paid * 2 >= each.registered ? each.earningsP50 : "0")), 50),
    high: rank(heard.map((each) => each.earningsP90), 90),
  };
}

/** The nearest-rank percentile. */
function rank(values: string[], percent: number): bigint {
  const sorted = values.map(BigInt).sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
  return sorted[Math.max(Math.ceil((percent * sorted.length) / 100), 1) - 1] ?? 0n;
}

/** What the numbers are worth. */
export function sentence(found: Range): string {
  const share = `In a typical one of the last ${plural(found.epochs, "epoch")}, ${percent(found.paidShare)} of the registered devices were paid at all`;
  if (found.high === 0n) return `${share}. Customers paid nearly nobody: expect nothing of them until they buy.`;
  const range =
    found.low === 0n
      ? "so the low end is nothing: a device that customers do not choose earns nothing"
      : "nine of ten of those reached the low end, and one of ten exceeded the high end";
  const trust = found.epochs < ENOUGH ? ` Fewer than ${ENOUGH} epochs are a guess, not an estimate.` : "";
  return `${share}; ${range}. More devices share the same demand.${trust}`;
}
