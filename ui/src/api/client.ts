import { useCallback, useEffect, useRef, useState } from "react";
import { onChange } from "./live";

/** The server answered, and said no. */
export class Refused extends Error {
  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message);
  }
}

/** Nothing answered, or nothing that could be read. */
export class Unreachable extends Error {}

const KEPT = 60;
const kept = new Map<string, unknown>();
const DEADLINE_MILLIS = 20_000;

/**
 * Reads from the API.
 *
 * @throws Refused if the server says no
 * @throws Unreachable if it does not answer in time
 */
export async function read<T>(path: string, signal?: AbortSignal): Promise<T> {
  let response: Response;
  const deadline = AbortSignal.timeout(DEADLINE_MILLIS);
  try {
    response = await fetch(`/api/v1/${path}`, {
      headers: { accept: "application/json" },
      signal: signal ? AbortSignal.any([signal, deadline]) : deadline,
    });
  } catch (e) {
    if (signal?.aborted) throw e;
    throw new Unreachable("The explorer's server does not answer.");
  }
  let body: unknown;
  try {
    body = await response.json();
  } catch {
    throw new Unreachable(`The explorer's server answered with ${response.status} and nothing readable.`);
  }
  if (response.status >= 500) throw new Unreachable(`The explorer's server is in trouble (status ${response.status}).`);
  if (!response.ok) {
    const said = body as { message?: unknown };
    throw new Refused(response.status, typeof said.message === "string" ? said.message : `Status ${response.status}`);
  }
  kept.delete(path);
  kept.set(path, body);
  const oldest = kept.keys().next();
  if (kept.size > KEPT && !oldest.done) kept.delete(oldest.value);
  return body as T;
}

export interface Reading<T> {
  data?: T;
  error?: Error;
  retry: () => void;
}

/**
 * What a path of the API answers, again after each change of the index. What was read before is shown at once. While
 * the server is away it is asked again with growing pauses; what is shown stays.
 *
 * @param path undefined asks for nothing
 */
export function useApi<T>(path: string | undefined): Reading<T> {
  const [state, setState] = useState<{ path?: string; data?: T; error?: Error }>({});
  const [round, setRound] = useState(0);
  const failures = useRef(0);
  useEffect(() => onChange(() => setRound((before) => before + 1)), []);
  useEffect(() => {
    if (path === undefined) return;
    const abort = new AbortController();
    let timer: ReturnType<typeof setTimeout> | undefined;
    read<T>(path, abort.signal).then(
      (data) => {
        failures.current = 0;
        setState({ path, data });
      },
      (error: unknown) => {
        if (abort.signal.aborted) return;
        const shown = error instanceof Error ? error : new Error(String(error));
        setState((before) => ({ path, data: before.path === path ? before.data : undefined, error: shown }));
        if (shown instanceof Unreachable || (shown instanceof Refused && shown.status === 429)) {
          failures.current++;
          timer = setTimeout(() => setRound((before) => before + 1), Math.min(30_000, 1000 * 2 ** failures.current));
        }
      },
    );
    return () => {
      abort.abort();
      clearTimeout(timer);
    };
  }, [path, round]);
  const retry = useCallback(() => setRound((before) => before + 1), []);
  if (path === undefined) return { retry };
  if (state.path === path && (state.data !== undefined || state.error)) {
    return { data: state.data, error: state.error, retry };
  }
  return { data: kept.get(path) as T | undefined, retry };
}
