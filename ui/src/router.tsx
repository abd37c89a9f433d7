import { type AnchorHTMLAttributes, type MouseEvent, useSyncExternalStore } from "react";

const listeners = new Set<() => void>();
let moved = false;

function announce() {
  moved = true;
  listeners.forEach((listener) => listener());
}

function subscribe(listener: () => void) {
  if (listeners.size === 0) window.addEventListener("popstate", announce);
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0) window.removeEventListener("popstate", announce);
  };
}

/** The path and query of the moment. */
export function useLocation(): URL {
  const href = useSyncExternalStore(subscribe, () => window.location.href);
  return new URL(href);
}

/** Whether the reader has moved on from the first page. */
export function hasMoved(): boolean {
  return moved;
}

/** Goes to a page of this site. */
export function go(to: string, replace = false) {
  if (replace) window.history.replaceState(null, "", to);
  else window.history.pushState(null, "", to);
  announce();
  if (!replace) window.scrollTo(0, 0);
}

/** Sets or takes away one parameter of the query, without a step in the history. */
export function setQuery(name: string, value: string | undefined) {
  const url = new URL(window.location.href);
  if (value === undefined || value === "") url.searchParams.delete(name);
  else url.searchParams.set(name, value);
  go(url.pathname + url.search, true);
}

/** A link inside the site; with a modifier key, or the middle button, an ordinary one. */
export function Link({ href, onClick, ...rest }: AnchorHTMLAttributes<HTMLAnchorElement> & { href: string }) {
  const follow = (event: MouseEvent<HTMLAnchorElement>) => {
    onClick?.(event);
    if (event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) {
      return;
    }
    event.preventDefault();
    go(href);
  };
  return <a href={href} onClick={follow} {...rest} />;
}

/** The parts of a path that match a pattern such as "/devices/:id". */
export function match(pattern: string, path: string): Record<string, string> | undefined {
  const names = pattern.split("/");
  const values = path.replace(/\/+$/, "").split("/");
  if (path === "/" && pattern === "/") return {};
  if (names.length !== values.length) return undefined;
  const found: Record<string, string> = {};
  for (let i = 0; i < names.length; i++) {
    const name = names[i] ?? "";
    const value = values[i] ?? "";
    if (name.startsWith(":")) {
      if (value === "") return undefined;
      try {
        found[name.slice(1)] = decodeURIComponent(value);
      } catch {
        return undefined;
      }
    } else if (name !== value) {
      return undefined;
    }
  }
  return found;
}
