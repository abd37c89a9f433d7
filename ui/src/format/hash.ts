/** The ends of a hash or address. */
export function shortened(hex: string, ends = 6): string {
  return hex.length <= 2 * ends + 3 ? hex : `${hex.slice(0, ends)}…${hex.slice(-4)}`;
}

/** Whether a text is an account's address. */
export function isAccount(text: string): boolean {
  return /^0x[0-9a-fA-F]{40}$/.test(text);
}
