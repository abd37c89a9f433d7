import { cellToLatLng, getResolution, isValidCell } from "h3-js";
import { useEffect, useMemo, useRef, useState } from "react";
import { read, useApi } from "../api/client";
import { nameOf } from "../api/deployment";
import { onChange } from "../api/live";
import type { Cells, NetworkRow, Page } from "../api/types";
import { count, percent, plural } from "../format/number";
import { Empty, Message, PageHead, Part } from "../parts/layout";
import { Table } from "../parts/table";
import { Link, setQuery, useLocation } from "../router";
import { around, hexagons, type Metric, middleOf, paths, resolutionsAt, sizeOf, trimmed, zoomFor } from "./cells";
import "./map.css";
import type { View } from "./view";

const LISTED = 20;
const NEARER = 5;
const WORLD: { middle: [number, number]; zoom: number } = { middle: [25, 10], zoom: 1.1 };
const METRICS: [Metric, string][] = [
  ["registered", "Devices"],
  ["proven", "Share proven"],
  ["paid", "Share paid"],
];

interface Seen {
  bounds: { west: number; south: number; east: number; north: number };
  zoom: number;
}

export default function MapPage() {
  const { searchParams } = useLocation();
  const network = searchParams.get("network");
  const asked = trimmed(searchParams.get("cell") ?? "");
  const cell = isValidCell(asked) ? asked : undefined;
  const networks = useApi<Page<NetworkRow>>("networks?limit=200");
  const box = useRef<HTMLDivElement>(null);
  const view = useRef<View>(undefined);
  const [seen, setSeen] = useState<Seen>();
  const [metric, setMetric] = useState<Metric>("proven");
  const [unable, setUnable] = useState(false);
  const first = useRef(cell);
  /** How often the map may still come nearer by itself; a reader who moves it ends that. */
  const rounds = useRef(cell ? 0 : NEARER);
  const { cells, paths: answered, without, error } = useCells(seen, network);

  useEffect(() => {
    let gone = false;
    const at = first.current;
    const [latitude, longitude] = at ? cellToLatLng(at) : WORLD.middle;
    const zoom = at ? zoomFor(getResolution(at)) : WORLD.zoom;
    import("./view")
      .then(({ View }) => {
        if (gone || !box.current) return;
        view.current = new View(box.current, { latitude, longitude, zoom }, (bounds, now) => setSeen({ bounds, zoom: now }), (found) => setQuery("cell", found), () => (rounds.current = 0));
      })
      .catch(() => {
        setUnable(true);
        setSeen({ bounds: { west: -180, south: -85, east: 180, north: 85 }, zoom: WORLD.zoom });
      });
    const repaint = () => view.current?.paint();
    const system = window.matchMedia("(prefers-color-scheme: dark)");
    window.addEventListener("themechange", repaint);
    system.addEventListener("change", repaint);
    return () => {
      gone = true;
      window.removeEventListener("themechange", repaint);
      system.removeEventListener("change", repaint);
      view.current?.remove();
      view.current = undefined;
    };
  }, []);
  useEffect(() => view.current?.show(metric), [metric, seen]);
  useEffect(() => view.current?.setCells(hexagons(cells)), [cells]);
  useEffect(() => view.current?.pick(cell), [cell, cells]);
  useEffect(() => {
    const box = around(cells);
    if (rounds.current > 0 && box && view.current) {
      rounds.current--;
      view.current.fit(box);
    }
  }, [answered]);

  const nearer = (by: number) => {
    rounds.current = 0;
    view.current?.zoom(by);
  };
  /** From the whole world to where that network is. */
  const choose = (chosen: string) => {
    rounds.current = NEARER;
    view.current?.goTo(...WORLD.middle, WORLD.zoom);
    setQuery("network", chosen);
  };
  const show = (chosen: string) => {
    const [latitude, longitude] = cellToLatLng(chosen);
    rounds.current = 0;
    view.current?.goTo(latitude, longitude, Math.max(seen?.zoom ?? 0, zoomFor(getResolution(chosen))));
    setQuery("cell", chosen);
    box.current?.scrollIntoView({ block: "nearest" });
  };
  const picked = cells.find((each) => trimmed(each.cell) === cell);
  const largest = useMemo(() => [...cells].sort((a, b) => b.registered - a.registered || (a.cell < b.cell ? -1 : 1)).slice(0, LISTED), [cells]);
  return (
    <>
      <PageHead title="Map" lead="Devices by H3 cell, as coarse as their owners told. Nobody’s exact place is known." />
      <div className="filters" role="group" aria-label="What the map shows">
        <div className="field">
          <label htmlFor="map-network">Network</label>
          <select id="map-network" value={network ?? ""} onChange={(event) => choose(event.target.value)}>
            <option value="">All</option>
            {networks.data?.items.map((row) => (
              <option key={row.network} value={row.network}>
                {nameOf(row)}
              </option>
            ))}
          </select>
        </div>
        <div className="field">
          <label htmlFor="metric">Colour shows</label>
          <select id="metric" value={metric} onChange={(event) => setMetric(event.target.value as Metric)}>
            {METRICS.map(([value, name]) => (
              <option key={value} value={value}>
                {name}
              </option>
            ))}
          </select>
        </div>
        <Key metric={metric} />
      </div>
      {error ? (
        <div style={{ marginBottom: 12 }}>
          <Message mood="bad" title="Cells could not be loaded.">
            {error} What is on the map was read before; it is asked again when you move the map.
          </Message>
        </div>
      ) : null}
      {unable ? (
        <Message mood="warn" title="This browser cannot draw the map.">
          It needs WebGL, which is switched off or missing here. The list below holds the same numbers.
        </Message>
      ) : (
        <div className="map-box">
          <div className="view" ref={box} />
          <div className="map-zoom">
            <button type="button" aria-label="Zoom in" onClick={() => nearer(1)}>
              +
            </button>
            <button type="button" aria-label="Zoom out" onClick={() => nearer(-1)}>
              −
            </button>
          </div>
          {cell ? (
            <div className="map-panel" role="status">
              <strong>
                <code>{cell}</code>
              </strong>
              <div className="note">{sizeOf(cell)}, around {middleOf(cell)}</div>
              {picked ? (
                <p>
                  {plural(picked.registered, "device")}, {count(picked.proven)} proven, {count(picked.paid)} paid in the newest epoch.
                </p>
              ) : (
                <p className="note">Not among the cells of this view.</p>
              )}
              <Link href={`/devices?cell=${cell}${network ? `&network=${network}` : ""}`}>Its devices</Link>{" "}
              <button type="button" className="quiet" onClick={() => setQuery("cell", undefined)}>
                Close
              </button>
            </div>
          ) : null}
        </div>
      )}
      <Part
        title="Cells with most devices in this view"
        note={without > 0 ? `${plural(without, "device")} told no cell, or one coarser than those shown.` : undefined}
      >
        {largest.length === 0 ? (
          <Empty title={seen ? "No device told a cell in this view." : "Loading…"}>
            {seen ? "Storage providers need no place; stations and other sensors do." : null}
          </Empty>
        ) : (
          <Table
            caption="Cells"
            rows={largest}
            keyOf={(row) => row.cell}
            columns={[
              {
                name: "Cell",
                head: true,
                cell: (row) => (
                  <Link href={`/devices?cell=${trimmed(row.cell)}${network ? `&network=${network}` : ""}`} className="mono">
                    {trimmed(row.cell)}
                  </Link>
                ),
              },
              {
                name: "Around",
                cell: (row) => (
                  <button type="button" className="quiet linked hash" onClick={() => show(trimmed(row.cell))}>
                    {middleOf(row.cell)}
                  </button>
                ),
              },
              { name: "Registered", number: true, cell: (row) => count(row.registered) },
              { name: "Proven", number: true, cell: (row) => <>{count(row.proven)} <span className="unit">{share(row.proven, row.registered)}</span></> },
              { name: "Paid", number: true, cell: (row) => <>{count(row.paid)} <span className="unit">{share(row.paid, row.registered)}</span></> },
            ]}
          />
        )}
      </Part>
    </>
  );
}

function share(part: number, whole: number): string {
  return whole === 0 ? "" : percent(part / whole);
}

function Key({ metric }: { metric: Metric }) {
  const hue = metric === "registered" ? "--series-3" : "--series-1";
  const from = metric === "registered" ? 30 : 4;
  return (
    <div className="field map-key">
      <span className="label">{metric === "registered" ? "Devices in a cell" : `${metric === "proven" ? "Proven" : "Paid"}, of a cell’s devices`}</span>
      <span className="scale">
        {metric === "registered" ? "1" : "0%"}
        <i
          aria-hidden="true"
          style={{ background: `linear-gradient(to right, color-mix(in srgb, var(${hue}) ${from}%, var(--land)), color-mix(in srgb, var(${hue}) 90%, var(--land)))` }}
        />
        {metric === "registered" ? "10,000" : "100%"}
      </span>
    </div>
  );
}

/** The answers at the first resolution that has cells, or at the last one. */
async function firstWithCells(resolutions: string[], signal: AbortSignal): Promise<Cells[]> {
  let answers: Cells[] = [];
  for (const together of resolutions) {
    answers = await Promise.all(together.split("\n").map((path) => read<Cells>(path, signal)));
    if (answers.some((answer) => answer.items.length > 0)) break;
  }
  return answers;
}

/** The cells of a view; those before stay until the next ones are there. */
function useCells(seen: Seen | undefined, network: string | null) {
  const [state, setState] = useState<{ cells: Cells["items"]; paths: string; without: number; error: string }>({ cells: [], paths: "", without: 0, error: "" });
  const [round, setRound] = useState(0);
  const wanted = seen ? resolutionsAt(seen.zoom).map((resolution) => paths(seen.bounds, seen.zoom, network, resolution).join("\n")).join("\n\n") : "";
  useEffect(() => onChange(() => setRound((before) => before + 1)), []);
  useEffect(() => {
    if (wanted === "") return;
    const abort = new AbortController();
    firstWithCells(wanted.split("\n\n"), abort.signal).then(
      (answers) => {
        const whole = answers.length === 1 ? (answers[0]?.without ?? 0) : 0;
        setState({ cells: answers.flatMap((answer) => answer.items), paths: wanted, without: whole, error: "" });
      },
      (error: unknown) => {
        if (!abort.signal.aborted) setState((before) => ({ ...before, error: error instanceof Error ? error.message : String(error) }));
      },
    );
    return () => abort.abort();
  }, [wanted, round]);
  return state;
}
