import type { FeatureCollection } from "geojson";
import { type ExpressionSpecification, GeoJSONSource, Map as MapLibre, setWorkerUrl, type StyleSpecification } from "maplibre-gl";
import workerUrl from "maplibre-gl/dist/maplibre-gl-worker.mjs?worker&url";
import type { Metric } from "./cells";
import { coarse, fine } from "./land";

setWorkerUrl(workerUrl);

/** From here on coasts at 1:110 million look crude. */
const FINE_FROM = 2.4;

/** A custom property of the page's style. */
function colour(name: string): string {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}

/** How much a cell is filled: by the logarithm of its devices, or by the share of them. */
function strength(metric: Metric): ExpressionSpecification {
  return metric === "registered"
    ? ["interpolate", ["linear"], ["log10", ["max", 1, ["get", "registered"]]], 0, 0.3, 4, 0.92]
    : ["interpolate", ["linear"], ["/", ["get", metric], ["max", 1, ["get", "registered"]]], 0, 0.04, 1, 0.88];
}

function style(): StyleSpecification {
  const base = coarse();
  return {
    version: 8,
    sources: {
      land: { type: "geojson", data: base.land },
      borders: { type: "geojson", data: base.borders },
      cells: { type: "geojson", data: { type: "FeatureCollection", features: [] }, promoteId: "cell" },
    },
    layers: [
      { id: "water", type: "background", paint: {} },
      { id: "land", type: "fill", source: "land", paint: {} },
      { id: "cells", type: "fill", source: "cells", paint: {} },
      { id: "edges", type: "line", source: "cells", paint: { "line-width": 0.8 } },
      // Above the cells: where they are everywhere, these are all that is left to be seen of the land.
      { id: "shore", type: "line", source: "land", paint: { "line-width": 0.6 } },
      { id: "borders", type: "line", source: "borders", paint: { "line-width": 0.6 } },
      { id: "picked", type: "line", source: "cells", paint: { "line-width": 2.5 }, filter: ["==", ["get", "cell"], ""] },
    ],
  };
}

/** The map itself: built-in land, cells above it, colours of the page's theme. */
export class View {
  private readonly map: MapLibre;
  private metric: Metric = "registered";
  private refined = false;

  constructor(
    box: HTMLElement,
    start: { latitude: number; longitude: number; zoom: number },
    moved: (bounds: { west: number; south: number; east: number; north: number }, zoom: number) => void,
    picked: (cell: string | undefined) => void,
    touched: () => void,
  ) {
    this.map = new MapLibre({
      container: box,
      style: style(),
      center: [start.longitude, start.latitude],
      zoom: start.zoom,
      minZoom: 0.3,
      maxZoom: 13,
      attributionControl: false,
      dragRotate: false,
      pitchWithRotate: false,
      touchPitch: false,
      renderWorldCopies: true,
      fadeDuration: 0,
    });
    this.map.touchZoomRotate.disableRotation();
    const tell = () => {
      this.refine();
      const bounds = this.map.getBounds();
      moved({ west: bounds.getWest(), south: bounds.getSouth(), east: bounds.getEast(), north: bounds.getNorth() }, this.map.getZoom());
    };
    this.map.on("load", () => {
      this.paint();
      tell();
      box.dataset["ready"] = "true";
    });
    this.map.on("moveend", tell);
    for (const by of ["mousedown", "wheel", "touchstart", "keydown"]) box.addEventListener(by, touched);
    this.map.on("click", (event) => {
      const found = this.map.queryRenderedFeatures(event.point, { layers: ["cells"] })[0];
      const cell: unknown = found?.properties["cell"];
      picked(typeof cell === "string" ? cell : undefined);
    });
    this.map.on("mousemove", "cells", () => (this.map.getCanvas().style.cursor = "pointer"));
    this.map.on("mouseleave", "cells", () => (this.map.getCanvas().style.cursor = ""));
    this.map.getCanvas().setAttribute("aria-label", "Map of cells with devices; arrow keys move it, plus and minus zoom. The list below holds the same cells.");
  }

  /** Takes the colours of the page's theme. */
  paint() {
    const set: MapLibre["setPaintProperty"] = (layer, property, value) => this.map.setPaintProperty(layer, property, value);
    if (!this.map.getLayer("cells")) return;
    set("water", "background-color", colour("--water"));
    set("land", "fill-color", colour("--land"));
    set("shore", "line-color", colour("--shore"));
    set("borders", "line-color", colour("--shore"));
    set("cells", "fill-color", colour(this.metric === "registered" ? "--series-3" : "--series-1"));
    set("cells", "fill-opacity", strength(this.metric));
    set("edges", "line-color", colour(this.metric === "registered" ? "--series-3" : "--series-1"));
    set("edges", "line-opacity", 0.7);
    set("picked", "line-color", colour("--text"));
  }

  private refine() {
    if (this.refined || this.map.getZoom() < FINE_FROM) return;
    this.refined = true;
    fine().then(
      (base) => {
        for (const [name, data] of [["land", base.land], ["borders", base.borders]] as const) {
          const source = this.map.getSource(name);
          if (source instanceof GeoJSONSource) source.setData(data);
        }
      },
      () => (this.refined = false),
    );
  }

  show(metric: Metric) {
    this.metric = metric;
    this.paint();
  }

  setCells(cells: FeatureCollection) {
    const source = this.map.getSource("cells");
    if (source instanceof GeoJSONSource) source.setData(cells);
  }

  pick(cell: string | undefined) {
    if (this.map.getLayer("picked")) this.map.setFilter("picked", ["==", ["get", "cell"], cell ?? ""]);
  }

  zoom(by: number) {
    this.map.easeTo({ zoom: this.map.getZoom() + by, duration: calm() ? 0 : 200 });
  }

  /** Shows a rectangle as large as it can be shown. */
  fit([west, south, east, north]: [number, number, number, number]) {
    this.map.fitBounds([west, south, east, north], { padding: 48, maxZoom: 10, animate: false });
  }

  goTo(latitude: number, longitude: number, zoom: number) {
    this.map.jumpTo({ center: [longitude, latitude], zoom });
  }

  remove() {
    this.map.remove();
  }
}

function calm(): boolean {
  return window.matchMedia("(prefers-reduced-motion: reduce)").matches;
}
