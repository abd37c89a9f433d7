const GROUPS = /\B(?=(\d{3})+(?!\d))/g;

/** Digits in groups of three. */
export function grouped(digits: string): string {
  return digits.replace(GROUPS, ",");
}

/**
 * A decimal string of the smallest unit, exactly: all digits that are not trailing zeros.
 *
 * @throws SyntaxError if it is no integer
 */
export function exact(smallest: string, decimals: number): string {
  const value = BigInt(smallest);
  const sign = value < 0n ? "−" : "";
  const digits = (value < 0n ? -value : value).toString().padStart(decimals + 1, "0");
  const whole = digits.slice(0, digits.length - decimals);
  const fraction = decimals === 0 ? "" : digits.slice(-decimals).replace(/0+$/, "");
  return sign + grouped(whole) + (fraction === "" ? "" : "." + fraction);
}

/**
 * For reading, also below each other: rounded down, to two places from 1 on, to none from 100,000 on, to four below 1,
 * and to three significant digits where that would say too little. What is not zero never shows as zero.
 */
export function amount(smallest: string, decimals: number): string {
  const value = BigInt(smallest);
  if (value < 0n) return "−" + amount((-value).toString(), decimals);
  const one = 10n ** BigInt(decimals);
  const digits = value.toString().padStart(decimals + 1, "0");
  const whole = digits.slice(0, digits.length - decimals);
  const fraction = decimals === 0 ? "" : digits.slice(-decimals);
  if (value === 0n) return "0";
  if (value >= one) {
    const shown = whole.length > 5 ? "" : fraction.slice(0, 2).padEnd(2, "0");
    return grouped(whole) + (shown === "" ? "" : "." + shown);
  }
  const zeros = fraction.length - fraction.replace(/^0+/, "").length;
  if (zeros > 5) return "<0.000001";
  return "0." + (zeros < 3 ? fraction.slice(0, 4).padEnd(4, "0") : fraction.slice(0, zeros + 3).replace(/0+$/, ""));
}

/** Dollars for reading: like an amount, but below one with the places of cents, or two digits that say something. */
export function dollars(smallest: string, decimals: number): string {
  const shown = amount(smallest, decimals);
  const [, mark = "", digits = ""] = /^([−<]*)(.*)$/.exec(shown) ?? [];
  return `${mark}$${/^0\.0*[1-9]/.test(digits) ? cents(digits) : digits}`;
}

function cents(fraction: string): string {
  const first = fraction.search(/[1-9]/);
  return fraction.slice(0, first < 3 ? 4 : first + 2).padEnd(first < 3 ? 4 : first === 3 ? 5 : first + 1, "0");
}

/**
 * What a person typed, in the smallest unit.
 *
 * @returns undefined if it is no amount with at most so many places
 */
export function parseAmount(text: string, decimals: number): bigint | undefined {
  const match = /^(\d{1,30})(?:\.(\d{1,30}))?$/.exec(text.trim().replace(/[,\s_’']/g, ""));
  if (!match) return undefined;
  const fraction = match[2] ?? "";
  if (fraction.length > decimals) return undefined;
  return BigInt(match[1] + fraction.padEnd(decimals, "0"));
}

/** A ratio of two amounts as a number, for charts and percentages only. */
export function ratio(part: string, whole: string): number | undefined {
  const divisor = BigInt(whole);
  if (divisor === 0n) return undefined;
  return Number((BigInt(part) * 1_000_000n) / divisor) / 1_000_000;
}

/** An amount as a number, for the heights of bars only. */
export function approximate(smallest: string, decimals: number): number {
  return Number(BigInt(smallest)) / 10 ** decimals;
}
