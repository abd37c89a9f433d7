import { getResolution, latLngToCell } from "h3-js";
import { expect, test } from "vitest";
import { hexagons, paths, resolutionAt, sizeOf, trimmed } from "../src/map/cells";
import { coarse } from "../src/map/land";

const STRASBOURG = { west: 7.4, east: 8.1, south: 48.4, north: 48.8 };

test("a far view asks once, a near one for what it shows", () => {
  expect(paths({ west: -180, east: 180, south: -85, north: 85 }, 1, null)).toEqual(["cells?resolution=1"]);
  const near = paths(STRASBOURG, 9.5, "2");
  expect(near.length).toBeLessThan(50);
  for (const path of near) {
    const [, resolution, parent] = /^cells\?resolution=(\d+)&within=([0-9a-f]+)&network=2$/.exec(path) ?? [];
    expect(Number(resolution) - getResolution(parent!)).toBe(4);
  }
  expect(near.some((path) => path.includes(latLngToCell(48.58, 7.75, resolutionAt(9.5) - 4)))).toBe(true);
});

test("cells become finer as one comes nearer, within what there is", () => {
  const found = [0, 2, 4, 6, 8, 10, 13].map(resolutionAt);
  expect(found).toEqual([...found].sort((a, b) => a - b));
  expect(found[0]).toBe(1);
  expect(found.at(-1)).toBe(9);
});

test("a hexagon at the date line stays in one piece", () => {
  const cell = latLngToCell(-17.8, 179.999, 3);
  const ring = hexagons([{ cell: `0${cell}`, registered: 1, proven: 1, paid: 0 }]).features[0]!.geometry.coordinates[0]!;
  const east = ring.map(([longitude]) => longitude!);
  expect(Math.max(...east) - Math.min(...east)).toBeLessThan(5);
});

test("land at the date line and around the pole lies flat", () => {
  for (const each of coarse().land.features) {
    const polygons = each.geometry.type === "MultiPolygon" ? each.geometry.coordinates : each.geometry.type === "Polygon" ? [each.geometry.coordinates] : [];
    for (const ring of polygons.flat()) {
      for (let i = 1; i < ring.length; i++) {
        const step = Math.abs(ring[i]![0]! - ring[i - 1]![0]!);
        expect(step < 180 || (ring[i]![1] === -90 && ring[i - 1]![1] === -90)).toBe(true);
      }
    }
  }
});

test("a cell's number has no leading zero, and its size is said", () => {
  expect(trimmed("0871f85603ffffff")).toBe("871f85603ffffff");
  expect(sizeOf("871f85603ffffff")).toBe("about 2.8 km across");
});
