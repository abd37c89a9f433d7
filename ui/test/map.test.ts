import { getResolution, latLngToCell } from "h3-js";
import { expect, test } from "vitest";
import { around, COUNTED, hexagons, middleOf, NARROW, paths, resolutionAt, resolutionsAt, sizeOf, trimmed, zoomFor } from "../src/map/cells";
import { coarse } from "../src/map/land";

const STRASBOURG = { west: 7.4, east: 8.1, south: 48.4, north: 48.8 };

test("a far view asks once, a near one for what it shows", () => {
  expect(paths({ west: -180, east: 180, south: -85, north: 85 }, 1, null)).toEqual(["cells?resolution=1"]);
  const near = paths(STRASBOURG, 9.5, "2");
  expect(near.length).toBeLessThan(50);
  for (const path of near) {
    const [, resolution, parent] = /^cells\?resolution=(\d+)&within=([0-9a-f]+)&network=2$/.exec(path) ?? [];
    expect(Number(resolution)).toBe(resolutionAt(9.5));
    expect(getResolution(parent!)).toBe(NARROW);
  }
  expect(near.some((path) => path.includes(latLngToCell(48.58, 7.75, NARROW)))).toBe(true);
});

test("at each zoom the map asks only what the API answers, and seldom", () => {
  for (let zoom = 0; zoom <= 13; zoom += 0.25) {
    const width = (360 * 1240) / (512 * 2 ** zoom);
    const view = { west: 7.75 - width / 2, east: 7.75 + width / 2, south: Math.max(-85, 30 - width / 4), north: Math.min(85, 30 + width / 4) };
    expect(paths(view, zoom, null).length, `zoom ${zoom}`).toBeLessThan(60);
    const asked = resolutionsAt(zoom).flatMap((resolution) => paths(view, zoom, null, resolution));
    for (const path of asked) {
      const [, resolution, parent] = /^cells\?resolution=(\d+)(?:&within=([0-9a-f]+))?$/.exec(path) ?? [];
      if (parent === undefined) expect(Number(resolution)).toBeLessThanOrEqual(3);
      else {
        expect(Number(resolution) - getResolution(parent)).toBeLessThanOrEqual(4);
        if (Number(resolution) > COUNTED) expect(getResolution(parent), path).toBeGreaterThanOrEqual(NARROW);
      }
    }
  }
  for (let resolution = 1; resolution <= 9; resolution++) expect(resolutionAt(zoomFor(resolution))).toBe(resolution);
});

test("the map finds the rectangle around what is there, unless it lies around the world", () => {
  const cell = (latitude: number, longitude: number) => ({ cell: latLngToCell(latitude, longitude, 3), registered: 1, proven: 1, paid: 0 });
  const [west, south, east, north] = around([cell(48.6, 7.7), cell(52.5, 13.4)])!;
  expect([west < 7.7, south < 48.6, east > 13.4, north > 52.5, east - west < 12]).toEqual([true, true, true, true, true]);
  expect(around([])).toBeUndefined();
  expect(around([cell(48.6, -120), cell(52.5, 140)])).toBeUndefined();
  expect(middleOf(latLngToCell(48.58, 7.75, 7))).toMatch(/^48\.\d{3}° N, 7\.\d{3}° E$/);
  expect(middleOf(latLngToCell(-33.9, -70.6, 1))).toMatch(/^\d+° S, \d+° W$/);
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
