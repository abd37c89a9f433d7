import { expect, test } from "vitest";
import { amount, dollars, exact, parseAmount, ratio } from "../src/format/amount";
import { bytes, count, percent, plural, reading, readingDollars, short } from "../src/format/number";
import { ago, duration } from "../src/format/time";
import { shortened } from "../src/format/hash";
import { ticks } from "../src/parts/chart";

const E18 = 10n ** 18n;

test("an exact amount keeps every digit", () => {
  expect(exact("1234567890123456789012345", 18)).toBe("1,234,567.890123456789012345");
  expect(exact("1000000000000000000", 18)).toBe("1");
  expect(exact("1", 18)).toBe("0.000000000000000001");
  expect(exact("-1500", 3)).toBe("−1.5");
  expect(exact("12", 0)).toBe("12");
});

test("an amount for reading is rounded down and never hides that there is something", () => {
  expect(amount((51n * E18 + 428571428571428571n).toString(), 18)).toBe("51.42");
  expect(amount((1999n * E18 + 999999999999999999n).toString(), 18)).toBe("1,999.99");
  expect(amount((12345n * E18 + E18 / 2n).toString(), 18)).toBe("12,345.50");
  expect(amount((123456n * E18 + E18 / 2n).toString(), 18)).toBe("123,456");
  expect(amount((7n * E18).toString(), 18)).toBe("7.00");
  expect(amount("344512000000000000", 18)).toBe("0.3445");
  expect(amount("28000000000000000", 18)).toBe("0.0280");
  expect(amount("3445120000000", 18)).toBe("0.00000344");
  expect(amount("17", 18)).toBe("<0.000001");
  expect(amount("0", 18)).toBe("0");
  expect(amount("-2500000000000000000", 18)).toBe("−2.50");
  expect(amount("207500000", 8)).toBe("2.07");
});

test("dollars have cents, and more places only where cents would say nothing", () => {
  const shown = (cents: bigint) => dollars(((cents * E18) / 10_000n).toString(), 18);
  expect([0n, 7n, 600n, 3000n, 50_000n, 1_234_500n].map(shown)).toEqual(["$0", "$0.0007", "$0.060", "$0.30", "$5.00", "$123.45"]);
  expect(dollars("17", 18)).toBe("<$0.000001");
  expect(dollars((-3n * E18).toString(), 18)).toBe("−$3.00");
  expect([0, 0.0007, 0.06, 0.1918, 273.28].map(readingDollars)).toEqual(["$0", "$0.00070", "$0.060", "$0.19", "$273.28"]);
  expect([0, 0.5327, 1.1, 119.77, 250_000].map(reading)).toEqual(["0", "0.5327", "1.10", "119.77", "250,000"]);
});

test("what a person types is read exactly or not at all", () => {
  expect(parseAmount("12.5", 18)).toBe(12_500_000_000_000_000_000n);
  expect(parseAmount(" 1,000 ", 18)).toBe(1000n * E18);
  expect(parseAmount("0.000000000000000001", 18)).toBe(1n);
  for (const wrong of ["", "1.", ".5", "1e3", "-1", "0x10", "1.2.3", "0.0000000000000000001"]) {
    expect(parseAmount(wrong, 18), wrong).toBeUndefined();
  }
});

test("shares are percent, never all or nothing unless they are", () => {
  expect(percent(0.6912)).toBe("69%");
  expect(percent(0.0912)).toBe("9.1%");
  expect(percent(0.00001)).toBe("<0.1%");
  expect(percent(0.99999)).toBe(">99.9%");
  expect(percent(1)).toBe("100%");
  expect(percent(0)).toBe("0%");
  expect(ratio("1", "0")).toBeUndefined();
  expect(ratio("1", "4")).toBe(0.25);
});

test("numbers have groups of three and the axes short ones", () => {
  expect(count(1234567)).toBe("1,234,567");
  expect(plural(1, "device")).toBe("1 device");
  expect(plural(2500, "device")).toBe("2,500 devices");
  expect([0, 0.25, 2.5, 300, 1500, 12_500, 2_000_000].map(short)).toEqual(["0", "0.25", "2.5", "300", "1,500", "12.5k", "2M"]);
});

test("sizes are in the unit that suits them", () => {
  expect([1, 512, 46_500, 1_204_871].map(bytes)).toEqual(["1 byte", "512 bytes", "46.5 kB", "1.2 MB"]);
});

test("the marks of an axis begin at nothing and reach the largest value", () => {
  expect(ticks(234)).toEqual([0, 100, 200, 300]);
  expect(ticks(0.98)).toEqual([0, 0.25, 0.5, 0.75, 1]);
  expect(ticks(0)).toEqual([0, 1]);
  for (const largest of [1, 3, 7.3, 19, 260, 99_999]) expect(ticks(largest).at(-1)).toBeGreaterThanOrEqual(largest);
});

test("times are said in their largest units", () => {
  expect(duration(7_530)).toBe("2 hours 5 minutes");
  expect(duration(3_600)).toBe("1 hour");
  expect(duration(0)).toBe("0 seconds");
  expect(ago(100, 400)).toBe("5 minutes ago");
  expect(ago(4_000, 400)).toBe("in 1 hour");
  expect(ago(402, 400)).toBe("now");
});

test("a hash is shown by its ends", () => {
  expect(shortened(`0x${"ab".repeat(32)}`)).toBe("0xabab…abab");
  expect(shortened("0x1234")).toBe("0x1234");
});
