import { type ReactNode, useEffect, useId, useRef, useState } from "react";
import type { Page } from "../api/types";
import { useApi } from "../api/client";
import { Read } from "./layout";

export interface Column<T> {
  name: string;
  /** Right-aligned, as numbers are. */
  number?: boolean;
  cell: (row: T) => ReactNode;
  /** The cell names the row. */
  head?: boolean;
}

/** A table that scrolls sideways by itself where the window is narrow. */
export function Table<T>(props: { caption: string; columns: Column<T>[]; rows: readonly T[]; keyOf: (row: T) => string | number }) {
  const box = useRef<HTMLDivElement>(null);
  const id = useId();
  const [wide, setWide] = useState(false);
  useEffect(() => {
    const element = box.current;
    if (!element) return;
    const look = () => setWide(element.scrollWidth > element.clientWidth + 1);
    const observer = new ResizeObserver(look);
    observer.observe(element);
    if (element.firstElementChild) observer.observe(element.firstElementChild);
    look();
    return () => observer.disconnect();
  }, [props.rows]);
  return (
    <div ref={box} className="scroll" {...(wide ? { tabIndex: 0, role: "region", "aria-labelledby": id } : {})}>
      <table>
        <caption id={id} className="unseen">
          {props.caption}
        </caption>
        <thead>
          <tr>
            {props.columns.map((column) => (
              <th key={column.name} scope="col" className={column.number ? "n" : undefined}>
                {column.name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {props.rows.map((row) => (
            <tr key={props.keyOf(row)}>
              {props.columns.map((column) => {
                const className = column.number ? "n" : undefined;
                return column.head ? (
                  <th key={column.name} scope="row" className={className}>
                    {column.cell(row)}
                  </th>
                ) : (
                  <td key={column.name} className={className}>
                    {column.cell(row)}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** A list of the API, page by page. */
export function Paged<T>(props: {
  path: string;
  caption: string;
  columns: Column<T>[];
  keyOf: (row: T) => string | number;
  empty: ReactNode;
  limit?: number;
}) {
  const [at, setAt] = useState<{ path: string; cursors: string[] }>({ path: props.path, cursors: [] });
  const cursors = at.path === props.path ? at.cursors : [];
  const cursor = cursors.at(-1);
  const joint = props.path.includes("?") ? "&" : "?";
  const page = useApi<Page<T>>(
    `${props.path}${joint}limit=${props.limit ?? 50}${cursor === undefined ? "" : `&cursor=${encodeURIComponent(cursor)}`}`,
  );
  return (
    <Read from={page}>
      {(data) =>
        data.items.length === 0 && cursors.length === 0 ? (
          props.empty
        ) : (
          <>
            <Table caption={props.caption} columns={props.columns} rows={data.items} keyOf={props.keyOf} />
            {cursors.length > 0 || data.next ? (
              <nav className="pages" aria-label={`Pages of ${props.caption.toLowerCase()}`}>
                <button
                  type="button"
                  className="button"
                  disabled={cursors.length === 0}
                  onClick={() => setAt({ path: props.path, cursors: cursors.slice(0, -1) })}
                >
                  Previous
                </button>
                <button
                  type="button"
                  className="button"
                  disabled={!data.next}
                  onClick={() => data.next && setAt({ path: props.path, cursors: [...cursors, data.next] })}
                >
                  Next
                </button>
                <span>Page {cursors.length + 1}</span>
              </nav>
            ) : null}
          </>
        )
      }
    </Read>
  );
}

/** Where the same rows are as files. */
export function Downloads({ path }: { path: string }) {
  const joint = path.includes("?") ? "&" : "?";
  return (
    <>
      <a href={`/api/v1/${path}${joint}format=csv`} download>
        CSV
      </a>
      <a href={`/api/v1/${path}${joint}format=parquet`} download>
        Parquet
      </a>
    </>
  );
}
