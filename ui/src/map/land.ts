import type { Feature, FeatureCollection, MultiLineString, Position } from "geojson";
import { feature, mesh } from "topojson-client";
import type { GeometryCollection, Topology } from "topojson-specification";
import small from "world-atlas/countries-110m.json";
import largeUrl from "world-atlas/countries-50m.json?url";

/** Land, and borders between countries: Natural Earth (public domain), as packed by world-atlas. */
export interface Land {
  land: FeatureCollection;
  borders: Feature<MultiLineString>;
}

type Countries = Topology<{ countries: GeometryCollection; land: GeometryCollection }>;

function unpacked(topology: Countries): Land {
  const land = feature(topology, topology.objects.land);
  const borders = mesh(topology, topology.objects.countries, (a, b) => a !== b);
  return {
    land: { ...land, features: land.features.map(flatLand) },
    borders: { type: "Feature", properties: {}, geometry: { ...borders, coordinates: borders.coordinates.map(unrolled) } },
  };
}

function flatLand(each: Feature): Feature {
  if (each.geometry.type === "Polygon") {
    return { ...each, geometry: { ...each.geometry, coordinates: each.geometry.coordinates.map(flatRing) } };
  }
  if (each.geometry.type === "MultiPolygon") {
    return { ...each, geometry: { ...each.geometry, coordinates: each.geometry.coordinates.map((rings) => rings.map(flatRing)) } };
  }
  return each;
}

/** A line on the sphere as one on the plane: it goes on beyond 180 degrees where it crosses them. */
function unrolled(line: Position[]): Position[] {
  let shift = 0;
  let before: number | undefined;
  return line.map(([longitude = 0, latitude = 0]) => {
    if (before !== undefined && longitude - before > 180) shift -= 360;
    else if (before !== undefined && longitude - before < -180) shift += 360;
    before = longitude;
    return [longitude + shift, latitude];
  });
}

/** The same for a ring; one that goes around a pole is closed along it. */
function flatRing(ring: Position[]): Position[] {
  const flat = unrolled(ring);
  const first = flat[0];
  const last = flat.at(-1);
  if (!first || !last || Math.abs((last[0] ?? 0) - (first[0] ?? 0)) < 180) return flat;
  const pole = (first[1] ?? 0) < 0 ? -90 : 90;
  return [...flat, [last[0] ?? 0, pole], [first[0] ?? 0, pole], first];
}

/** At 1:110 million. */
export function coarse(): Land {
  return unpacked(small as unknown as Countries);
}

/** At 1:50 million, read when somebody looks closer. */
export async function fine(): Promise<Land> {
  const response = await fetch(largeUrl);
  if (!response.ok) throw new Error(`the finer map: status ${response.status}`);
  return unpacked((await response.json()) as Countries);
}
