import type { FeatureCollection, Polygon } from "geojson";
import { cellToBoundary, cellToLatLng, getResolution, latLngToCell } from "h3-js";
import type { Cells } from "../api/types";

export type Metric = "registered" | "proven" | "paid";

/** Up to this resolution the API answers for the whole world at once. */
export const WORLD = 3;
const FINEST = 9;
/** How many resolutions finer than the cell asked about the API goes. */
const DEEPER = 4;
/** Beyond this resolution the API wants to be asked about cells of this resolution or finer. */
export const COUNTED = 5;
export const NARROW = 4;
/** The zoom from which few such cells fill the view. */
const FINE_FROM = 8;
const SAMPLES = 10;
/** Degrees of longitude that a map of the world shows best. */
const FAR = 140;

/** The resolution at which cells are some twenty to forty pixels wide. */
export function resolutionAt(zoom: number): number {
  if (zoom < FINE_FROM) return Math.max(1, Math.min(COUNTED, Math.round((zoom + 0.7) / 1.3)));
  return Math.min(FINEST, COUNTED + 1 + Math.floor((zoom - FINE_FROM) / 1.4));
}

/** A zoom at which cells of a resolution are shown. */
export function zoomFor(resolution: number): number {
  return resolution <= COUNTED ? Math.max(1.1, resolution * 1.3 - 0.7) : FINE_FROM + 0.3 + (Math.min(FINEST, resolution) - COUNTED - 1) * 1.4;
}

/** The resolutions to ask for, one after the other until there is a cell: devices may have told none as fine as the view. */
export function resolutionsAt(zoom: number): number[] {
  const wanted = resolutionAt(zoom);
  return [wanted, ...[7, COUNTED].filter((coarser) => coarser < wanted)];
}

/** The paths of the API that together answer for what can be seen. */
export function paths(
  bounds: { west: number; south: number; east: number; north: number },
  zoom: number,
  network: string | null,
  resolution = resolutionAt(zoom),
): string[] {
  const only = network && /^\d+$/.test(network) ? `&network=${network}` : "";
  if (resolution <= WORLD) return [`cells?resolution=${resolution}${only}`];
  const coarser = resolution > COUNTED ? Math.max(NARROW, resolution - DEEPER) : resolution - DEEPER;
  const parents = new Set<string>();
  for (let i = 0; i <= SAMPLES; i++) {
    for (let j = 0; j <= SAMPLES; j++) {
      const latitude = bounds.south + ((bounds.north - bounds.south) * i) / SAMPLES;
      const longitude = bounds.west + ((bounds.east - bounds.west) * j) / SAMPLES;
      parents.add(latLngToCell(Math.max(-89.9, Math.min(89.9, latitude)), longitude, coarser));
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

/** The rectangle around all cells; undefined if there are none, or if they lie around the world. */
export function around(items: Cells["items"]): [west: number, south: number, east: number, north: number] | undefined {
  let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const { geometry } of hexagons(items).features) {
    for (const [longitude = 0, latitude = 0] of geometry.coordinates[0] ?? []) {
      [west, east] = [Math.min(west, longitude), Math.max(east, longitude)];
      [south, north] = [Math.min(south, latitude), Math.max(north, latitude)];
    }
  }
  return east < west || east - west > FAR ? undefined : [west, south, east, north];
}

/** A cell's middle: "48.58° N, 7.75° E", as many places as its size is worth. */
export function middleOf(cell: string): string {
  const [latitude, longitude] = cellToLatLng(trimmed(cell));
  const places = Math.max(0, Math.min(3, Math.floor((getResolution(trimmed(cell)) - 1) / 2)));
  const part = (value: number, positive: string, negative: string) => `${Math.abs(value).toFixed(places)}° ${value < 0 ? negative : positive}`;
  return `${part(latitude, "N", "S")}, ${part(longitude, "E", "W")}`;
}

/** A cell's size in words. */
export function sizeOf(cell: string): string {
  const edges = [1281, 483, 183, 69, 26, 9.9, 3.7, 1.4, 0.53, 0.2, 0.076, 0.029, 0.011, 0.004, 0.0015, 0.0006];
  const across = (edges[getResolution(trimmed(cell))] ?? 0) * 2;
  return across >= 1 ? `about ${across < 10 ? across.toFixed(1) : Math.round(across)} km across` : `about ${Math.round(across * 1000)} m across`;
}
