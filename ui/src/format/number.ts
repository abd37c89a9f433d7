import { grouped } from "./amount";

/** A whole number in groups of three. */
export function count(value: number | string): string {
  return grouped(typeof value === "number" ? Math.round(value).toString() : value);
}

/** A share of one as percent: one place below ten percent, none above; never 0% or 100% unless exactly that. */
export function percent(share: number): string {
  const value = share * 100;
  if (value === 0 || value === 100) return `${value}%`;
  if (value > 0 && value < 0.1) return "<0.1%";
  if (value > 99.9 && value < 100) return ">99.9%";
  const near = value < 10 || value > 99;
  return `${grouped(value.toFixed(near ? 1 : 0)).replace(/\.0$/, "")}%`;
}

/** A value of a chart, as precise as amounts for reading are. */
export function reading(value: number): string {
  const size = Math.abs(value);
  if (size === 0) return "0";
  if (size < 1) return size < 1e-6 ? value.toExponential(0) : size < 1e-3 ? trimmed(value.toFixed(2 - Math.floor(Math.log10(size)))) : value.toFixed(4);
  return value.toLocaleString("en", size < 100_000 ? { minimumFractionDigits: 2, maximumFractionDigits: 2 } : { maximumFractionDigits: 0 });
}

/** Dollars of a chart: cents, and below ten cents two digits that say something. */
export function readingDollars(value: number): string {
  if (value > 0 && value < 0.1) return value < 1e-6 ? "<$0.000001" : `$${value.toFixed(1 - Math.floor(Math.log10(value)))}`;
  return `$${value === 0 ? "0" : value < 1 ? value.toFixed(2) : reading(value)}`;
}

/** A size: "1.2 MB". */
export function bytes(value: number): string {
  for (const [from, unit] of [
    [1e9, "GB"],
    [1e6, "MB"],
    [1e3, "kB"],
  ] as const) {
    if (value >= from) return `${(value / from).toFixed(1)} ${unit}`;
  }
  return plural(value, "byte");
}

/** Short, for the axes of charts: 1,200 as 1.2k. */
export function short(value: number): string {
  const size = Math.abs(value);
  for (const [from, unit] of [
    [1e12, "T"],
    [1e9, "B"],
    [1e6, "M"],
    [1e4, "k"],
  ] as const) {
    if (size >= from) {
      const scaled = value / (unit === "k" ? 1e3 : from);
      return trimmed(scaled.toFixed(Math.abs(scaled) < 100 ? 1 : 0)) + unit;
    }
  }
  if (size >= 1000) return grouped(Math.round(value).toString());
  if (size === 0) return "0";
  return size < 1e-6 ? value.toExponential(0) : trimmed(Number(value.toPrecision(3)).toString());
}

function trimmed(digits: string): string {
  return digits.includes(".") ? digits.replace(/\.?0+$/, "") : digits;
}

/** One of a thing or many. */
export function plural(number: number, one: string, many = one + "s"): string {
  return `${count(number)} ${number === 1 ? one : many}`;
}
