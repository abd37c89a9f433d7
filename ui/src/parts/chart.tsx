import { type KeyboardEvent, type PointerEvent, type ReactNode, useId, useLayoutEffect, useRef, useState } from "react";
import { short } from "../format/number";

export interface Series {
  name: string;
  /** Colour 1 to 4. */
  tone: 1 | 2 | 3 | 4;
  values: (number | null)[];
  dashed?: boolean;
}

const HEIGHT = 190;
const TOP = 8;
const BOTTOM = 24;
const LEFT = 52;
const RIGHT = 8;
const MAX_BAR = 26;

/** Steps of 1, 2, 2.5 or 5 times a power of ten that reach the largest value in at most four. */
export function ticks(largest: number): number[] {
  if (!(largest > 0)) return [0, 1];
  const rough = largest / 4;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = ([1, 2, 2.5, 5, 10].find((factor) => factor * power >= rough * 0.999999) ?? 10) * power;
  const found = [0];
  for (let i = 1; (found.at(-1) ?? 0) < largest * 0.999999; i++) found.push(i * step);
  return found;
}

/**
 * Values over epochs, as lines or as stacked bars. The values at the pointer, or at the arrow keys, stand in the
 * legend; the same as a table below.
 */
export function Chart(props: {
  title: string;
  note?: ReactNode;
  labels: string[];
  labelName: string;
  series: Series[];
  kind: "lines" | "bars";
  format: (value: number) => string;
  axis?: (value: number) => string;
}) {
  const box = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(560);
  const [picked, setPicked] = useState<number>();
  const id = useId();
  const zero = props.series.every((each) => each.values.every((value) => !value));
  const unknown = props.series.every((each) => each.values.every((value) => value === null));
  const nothing = zero || unknown;
  useLayoutEffect(() => {
    const element = box.current;
    if (!element) return;
    const observer = new ResizeObserver(() => setWidth(Math.max(240, element.clientWidth)));
    observer.observe(element);
    setWidth(Math.max(240, element.clientWidth));
    return () => observer.disconnect();
  }, [nothing]);
  const many = props.labels.length;
  const at = Math.min(picked ?? many - 1, many - 1);
  const sums = props.labels.map((_, i) =>
    props.kind === "bars"
      ? props.series.reduce((sum, each) => sum + (each.values[i] ?? 0), 0)
      : Math.max(0, ...props.series.map((each) => each.values[i] ?? 0)),
  );
  const steps = ticks(Math.max(0, ...sums));
  const top = steps.at(-1) ?? 1;
  const x = (i: number) => {
    const room = width - LEFT - RIGHT;
    return props.kind === "bars" || many === 1 ? LEFT + ((i + 0.5) * room) / many : LEFT + (i * room) / (many - 1);
  };
  const y = (value: number) => TOP + (HEIGHT - TOP - BOTTOM) * (1 - value / top);
  const bar = Math.min(MAX_BAR, Math.max(1, ((width - LEFT - RIGHT) / many) * 0.72));
  const point = (event: PointerEvent<SVGSVGElement>) => {
    const where = event.clientX - event.currentTarget.getBoundingClientRect().left;
    let best = 0;
    for (let i = 1; i < many; i++) if (Math.abs(x(i) - where) < Math.abs(x(best) - where)) best = i;
    setPicked(best);
  };
  const key = (event: KeyboardEvent) => {
    const next = { ArrowLeft: at - 1, ArrowRight: at + 1, Home: 0, End: many - 1 }[event.key];
    if (next === undefined) return;
    event.preventDefault();
    setPicked(Math.max(0, Math.min(many - 1, next)));
  };
  const shownLabels = [0, Math.floor((many - 1) / 2), many - 1].filter((i, n, all) => i >= 0 && all.indexOf(i) === n);
  if (nothing) {
    return (
      <figure className="chart" aria-labelledby={id}>
        <figcaption>
          <h3 id={id}>{props.title}</h3>
          {props.note ? <p className="note">{props.note}</p> : null}
        </figcaption>
        <p className="nothing">{unknown ? "There is nothing to draw yet." : "Zero in all of these epochs."}</p>
      </figure>
    );
  }
  return (
    <figure className="chart" aria-labelledby={id}>
      <figcaption>
        <h3 id={id}>{props.title}</h3>
        {props.note ? <p className="note">{props.note}</p> : null}
        <ul className="legend">
          {props.series.map((each) => (
            <li key={each.name}>
              <span className={`key s${each.tone} ${props.kind === "lines" ? "line" : ""}`} aria-hidden="true" />
              {each.name} <b>{valueText(each.values[at], props.format)}</b>
            </li>
          ))}
          <li>
            {props.labelName} {props.labels[at]}
          </li>
        </ul>
      </figcaption>
      <div ref={box}>
        <svg
          className="plot"
          viewBox={`0 0 ${width} ${HEIGHT}`}
          height={HEIGHT}
          role="img"
          aria-label={`${props.title}, ${many} values; arrow keys read them one by one, the table below has all.`}
          tabIndex={0}
          onPointerMove={point}
          onPointerLeave={() => setPicked(undefined)}
          onKeyDown={key}
          onBlur={() => setPicked(undefined)}
        >
          {steps.map((step) => (
            <g key={step}>
              <line className="grid" x1={LEFT} x2={width - RIGHT} y1={y(step)} y2={y(step)} />
              <text className="axis" x={LEFT - 8} y={y(step) + 4} textAnchor="end">
                {(props.axis ?? short)(step)}
              </text>
            </g>
          ))}
          {shownLabels.map((i) => (
            <text
              key={i}
              className="axis"
              x={x(i)}
              y={HEIGHT - 6}
              textAnchor={many === 1 || (props.kind === "bars" && many < 12) ? "middle" : i === 0 ? "start" : i === many - 1 ? "end" : "middle"}
            >
              {i === 0 && many > 1 && props.labelName.length < 8 ? `${props.labelName} ` : ""}
              {props.labels[i]}
            </text>
          ))}
          {props.kind === "bars" ? bars(props.series, many, x, y, bar, picked) : lines(props.series, x, y)}
          {picked !== undefined && props.kind === "lines" ? (
            <>
              <line className="cross" x1={x(at)} x2={x(at)} y1={TOP} y2={HEIGHT - BOTTOM} />
              {props.series.map((each) => {
                const value = each.values[at];
                return value === null || value === undefined ? null : (
                  <circle key={each.name} className={`dot s${each.tone}`} cx={x(at)} cy={y(value)} r="4.5" />
                );
              })}
            </>
          ) : null}
        </svg>
      </div>
      <p className="unseen" aria-live="polite">
        {picked === undefined
          ? ""
          : `${props.labelName} ${props.labels[at]}: ${props.series.map((s) => `${s.name} ${valueText(s.values[at], props.format)}`).join(", ")}`}
      </p>
      <AsTable {...props} />
    </figure>
  );
}

function valueText(value: number | null | undefined, format: (value: number) => string): string {
  return value === null || value === undefined ? "–" : format(value);
}

function bars(
  series: Series[],
  many: number,
  x: (i: number) => number,
  y: (value: number) => number,
  width: number,
  picked: number | undefined,
) {
  const drawn: ReactNode[] = [];
  for (let i = 0; i < many; i++) {
    let sum = 0;
    for (const each of series) {
      const value = each.values[i] ?? 0;
      if (value <= 0) continue;
      const high = y(sum + value);
      drawn.push(
        <rect
          key={`${i} ${each.name}`}
          className={`bar s${each.tone}`}
          x={x(i) - width / 2}
          width={width}
          y={high}
          height={Math.max(0.5, y(sum) - high)}
          opacity={picked === undefined || picked === i ? 1 : 0.45}
        />,
      );
      sum += value;
    }
  }
  return drawn;
}

function lines(series: Series[], x: (i: number) => number, y: (value: number) => number) {
  return series.map((each, at) => {
    let path = "";
    let pen = false;
    each.values.forEach((value, i) => {
      if (value === null) {
        pen = false;
      } else {
        path += `${pen ? "L" : "M"}${x(i).toFixed(1)} ${y(value).toFixed(1)}`;
        pen = true;
      }
    });
    // Lines that run on each other: those below are wider, and show.
    const under = !each.dashed && series.slice(at + 1).some((later) => !later.dashed && together(each, later, y));
    return <path key={each.name} className={`stroke s${each.tone} ${each.dashed ? "dashed" : under ? "under" : ""}`} d={path} />;
  });
}

const MOSTLY = 0.2;

/** Whether two lines can hardly be told apart for a good part of their way. */
function together(one: Series, other: Series, y: (value: number) => number): boolean {
  const near = one.values.filter((value, i) => {
    const beside = other.values[i];
    return value !== null && beside !== null && beside !== undefined && y(0) - y(value) > 2 && Math.abs(y(value) - y(beside)) < 2;
  });
  return near.length > one.values.length * MOSTLY;
}

function AsTable(props: { title: string; labels: string[]; labelName: string; series: Series[]; format: (value: number) => string }) {
  const [open, setOpen] = useState(false);
  return (
    <details onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>As a table</summary>
      {open ? (
        <div className="scroll" style={{ maxHeight: 320, overflowY: "auto" }} tabIndex={0} role="region" aria-label={`${props.title} as a table`}>
          <table>
            <thead>
              <tr>
                <th scope="col">{props.labelName}</th>
                {props.series.map((each) => (
                  <th key={each.name} scope="col" className="n">
                    {each.name}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {props.labels.map((label, i) => (
                <tr key={label}>
                  <th scope="row">{label}</th>
                  {props.series.map((each) => (
                    <td key={each.name} className="n">
                      {valueText(each.values[i], props.format)}
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      ) : null}
    </details>
  );
}

/** A share as a short bar; the number stands beside it. */
export function Meter({ share }: { share: number }) {
  return (
    <span className="meter" aria-hidden="true">
      <i style={{ width: `${Math.max(0, Math.min(1, share)) * 100}%` }} />
    </span>
  );
}
