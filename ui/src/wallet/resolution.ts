/** The resolution of cells that a network's definition asks for; undefined if its devices need no place. */
export function resolutionOf(parameters: string): number | undefined {
  const cells = /^\[cells\]\s*$([\s\S]*?)(?=^\[|$(?![\s\S]))/m.exec(parameters)?.[1];
  const found = cells === undefined ? null : /^\s*resolution\s*=\s*(\d{1,2})\b/m.exec(cells);
  return found?.[1] === undefined ? undefined : Number(found[1]);
}
