import type { FeatureCollection, Polygon } from "geojson";
import { cellToBoundary, getResolution, latLngToCell } from "h3-js";
import type { Cells } from "../api/types";

export type Metric = "registered" | "proven" | "paid";

/** Up to this resolution the API answers for the whole world at once. */
export const WORLD = 3;
const FINEST = 9;
/** How many resolutions finer than the cell asked about the API goes. */
const DEEPER = 4;
const SAMPLES = 6;

/** The resolution at which cells are some twenty pixels wide. */
export function resolutionAt(zoom: number): number {
  return Math.max(1, Math.min(FINEST, Math.round((zoom + 0.7) / 1.3)));
}

/** The paths of the API that together answer for what can be seen. */
export function paths(
  bounds: { west: number; south: number; east: number; north: number },
  zoom: number,
  network: string | null,
): string[] {
  const resolution = resolutionAt(zoom);
  const only = network && /^\d+$/.test(network) ? `&network=${network}` : "";
  if (resolution <= WORLD) return [`cells?resolution=${resolution}${only}`];
  const parents = new Set<string>();
  for (let i = 0; i <= SAMPLES; i++) {
    for (let j = 0; j <= SAMPLES; j++) {
      const latitude = bounds.south + ((bounds.north - bounds.south) * i) / SAMPLES;
      const longitude = bounds.west + ((bounds.east - bounds.west) * j) / SAMPLES;
      parents.add(latLngToCell(Math.max(-89.9, Math.min(89.9, latitude)), longitude, resolution - DEEPER));
    }
  }
  return [...parents].sort().map((cell) => `cells?resolution=${resolution}&within=${cell}${only}`);
}

/** Without the zero that makes sixteen digits of fifteen. */
export function trimmed(cell: string): string {
  return cell.length === 16 && cell.startsWith("0") ? cell.slice(1) : cell;
}

/** Hexagons with what is known of them; those that cross the 180th meridian go on beyond it. */
export function hexagons(items: Cells["items"]): FeatureCollection<Polygon> {
  return {
    type: "FeatureCollection",
    features: items.map((item) => {
      const id = trimmed(item.cell);
      const ring = cellToBoundary(id, true);
      const west = ring.some(([longitude]) => longitude < -90) && ring.some(([longitude]) => longitude > 90);
      return {
        type: "Feature",
        properties: { ...item, cell: id },
        geometry: {
          type: "Polygon",
          coordinates: [west ? ring.map(([longitude, latitude]) => [longitude < 0 ? longitude + 360 : longitude, latitude]) : ring],
        },
      };
    }),
  };
}

/** A cell's size in words. */
export function sizeOf(cell: string): string {
  const edges = [1281, 483, 183, 69, 26, 9.9, 3.7, 1.4, 0.53, 0.2, 0.076, 0.029, 0.011, 0.004, 0.0015, 0.0006];
  const across = (edges[getResolution(trimmed(cell))] ?? 0) * 2;
  return across >= 1 ? `about ${across < 10 ? across.toFixed(1) : Math.round(across)} km across` : `about ${Math.round(across * 1000)} m across`;
}
