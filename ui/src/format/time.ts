const DATE = new Intl.DateTimeFormat("en-GB", {
  day: "numeric",
  month: "short",
  year: "numeric",
  hour: "2-digit",
  minute: "2-digit",
});
const WITH_SECONDS = new Intl.DateTimeFormat("en-GB", {
  day: "numeric",
  month: "short",
  year: "numeric",
  hour: "2-digit",
  minute: "2-digit",
  second: "2-digit",
  timeZoneName: "short",
});
const CLOCK = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit" });
const STEPS: [number, string][] = [
  [86_400, "day"],
  [3_600, "hour"],
  [60, "minute"],
  [1, "second"],
];

/** The reader's time zone by name. */
export const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;

/** A moment of UTC seconds in the reader's zone. */
export function moment(seconds: number): string {
  return DATE.format(seconds * 1000);
}

/** The same to the second and with the zone. */
export function momentExactly(seconds: number): string {
  return WITH_SECONDS.format(seconds * 1000);
}

/** Hour and minute in the reader's zone. */
export function clock(seconds: number): string {
  return CLOCK.format(seconds * 1000);
}

/** A length of time in its two largest units: "2 hours 5 minutes". */
export function duration(seconds: number): string {
  let left = Math.max(0, Math.round(seconds));
  const parts: string[] = [];
  for (const [size, name] of STEPS) {
    const number = Math.floor(left / size);
    if (number > 0 && parts.length < 2) {
      parts.push(`${number} ${name}${number === 1 ? "" : "s"}`);
      left -= number * size;
    } else if (parts.length > 0) {
      break;
    }
  }
  return parts.length === 0 ? "0 seconds" : parts.join(" ");
}

/** A moment beside now, in its largest unit: "3 minutes ago", "in 2 hours". */
export function ago(seconds: number, now: number): string {
  const away = Math.abs(now - seconds);
  if (away < 5) return "now";
  const [size, name] = STEPS.find(([step]) => away >= step) ?? [1, "second"];
  const number = Math.floor(away / size);
  const words = `${number} ${name}${number === 1 ? "" : "s"}`;
  return seconds > now ? `in ${words}` : `${words} ago`;
}

/** Now, in UTC seconds. */
export function nowSeconds(): number {
  return Math.floor(Date.now() / 1000);
}
