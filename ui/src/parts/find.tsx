import { type FormEvent, type KeyboardEvent, useEffect, useId, useRef, useState } from "react";
import { read } from "../api/client";
import type { Hits } from "../api/types";
import { go } from "../router";

type Hit = Hits["items"][number];

const PAUSE_MILLIS = 180;

/** The page of a hit. */
export function pageOf(hit: Hit): string {
  switch (hit.type) {
    case "device":
      return `/devices/${hit.id}`;
    case "account":
      return `/accounts/${hit.id}`;
    case "cell":
      return `/map?cell=${hit.id}`;
    case "epoch":
      return `/epochs/${hit.id}`;
    case "network":
      return `/networks/${hit.id}`;
    case "proposal":
      return `/governance/${hit.id}`;
    case "dispute":
      return `/governance?dispute=${hit.id}`;
    case "transaction":
      return `/payments?transaction=${hit.id}`;
  }
}

/** Finds a device, account, epoch, cell or hash. */
export function Find() {
  const [text, setText] = useState("");
  const [hits, setHits] = useState<Hit[]>();
  const [picked, setPicked] = useState(0);
  const box = useRef<HTMLFormElement>(null);
  const list = useId();
  useEffect(() => {
    const query = text.trim();
    if (query === "") {
      setHits(undefined);
      return;
    }
    const abort = new AbortController();
    const timer = setTimeout(() => {
      read<Hits>(`search?q=${encodeURIComponent(query.slice(0, 100))}`, abort.signal).then(
        (found) => {
          setHits(found.items.filter((hit) => hit.type !== "transaction"));
          setPicked(0);
        },
        () => !abort.signal.aborted && setHits([]),
      );
    }, PAUSE_MILLIS);
    return () => {
      clearTimeout(timer);
      abort.abort();
    };
  }, [text]);
  const take = (hit: Hit | undefined) => {
    if (!hit) return;
    setText("");
    setHits(undefined);
    go(pageOf(hit));
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    take(hits?.[picked]);
  };
  const key = (event: KeyboardEvent) => {
    if (event.key === "Escape") {
      setText("");
      setHits(undefined);
    } else if (hits && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
      event.preventDefault();
      const step = event.key === "ArrowDown" ? 1 : -1;
      setPicked((picked + step + hits.length) % Math.max(1, hits.length));
    }
  };
  const open = hits !== undefined;
  return (
    <form
      className="find"
      role="search"
      ref={box}
      onSubmit={submit}
      onBlur={(event) => !box.current?.contains(event.relatedTarget) && setHits(undefined)}
    >
      <input
        type="search"
        role="combobox"
        aria-label="Find a device, account, epoch or cell"
        aria-expanded={open}
        aria-controls={list}
        aria-autocomplete="list"
        aria-activedescendant={open && hits.length > 0 ? `${list}-${picked}` : undefined}
        placeholder="Device, account, epoch…"
        autoComplete="off"
        spellCheck={false}
        value={text}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={key}
      />
      {open ? (
        <ul id={list} role="listbox" aria-label="Found">
          {hits.map((hit, i) => (
            <li
              key={`${hit.type} ${hit.id}`}
              id={`${list}-${i}`}
              role="option"
              aria-selected={i === picked}
              onPointerEnter={() => setPicked(i)}
              onPointerDown={(event) => {
                event.preventDefault();
                take(hit);
              }}
            >
              {hit.title}
            </li>
          ))}
          {hits.length === 0 ? (
            <li role="option" aria-selected="false" aria-disabled="true">
              Nothing found
            </li>
          ) : null}
        </ul>
      ) : null}
    </form>
  );
}
