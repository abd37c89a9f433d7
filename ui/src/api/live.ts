import { useSyncExternalStore } from "react";
import type { LiveMessage } from "./types";

const FIRST_PAUSE_MILLIS = 1_000;
const LONGEST_PAUSE_MILLIS = 30_000;
/** Pages read again at most this often. */
const QUIET_MILLIS = 3_000;

const changeListeners = new Set<() => void>();
const stateListeners = new Set<() => void>();
let connected: boolean | undefined;
let pause = FIRST_PAUSE_MILLIS;
let quiet: ReturnType<typeof setTimeout> | undefined;

/** Calls back when the index has moved on. */
export function onChange(listener: () => void): () => void {
  changeListeners.add(listener);
  return () => changeListeners.delete(listener);
}

/** Whether changes are heard of: undefined until the first attempt has ended. */
export function useLive(): boolean | undefined {
  return useSyncExternalStore(
    (listener) => {
      stateListeners.add(listener);
      return () => stateListeners.delete(listener);
    },
    () => connected,
  );
}

function set(value: boolean) {
  if (connected === value) return;
  const back = connected === false && value;
  connected = value;
  stateListeners.forEach((listener) => listener());
  if (back) changed();
}

function changed() {
  if (quiet !== undefined) return;
  quiet = setTimeout(() => {
    quiet = undefined;
    if (document.visibilityState === "visible") changeListeners.forEach((listener) => listener());
  }, QUIET_MILLIS);
}

/** Listens for changes for as long as the page is open, and connects again when it has to. */
export function startLive() {
  const socket = new WebSocket(`${location.protocol === "https:" ? "wss" : "ws"}://${location.host}/api/v1/live`);
  socket.onopen = () => {
    pause = FIRST_PAUSE_MILLIS;
    set(true);
  };
  socket.onmessage = (event: MessageEvent<unknown>) => {
    try {
      const message = JSON.parse(String(event.data)) as LiveMessage;
      if (message.type !== "state") changed();
    } catch {
      // A frame that is no JSON says nothing.
    }
  };
  socket.onclose = () => {
    set(false);
    setTimeout(startLive, pause);
    pause = Math.min(LONGEST_PAUSE_MILLIS, pause * 2);
  };
  if (!watching) {
    watching = true;
    document.addEventListener("visibilitychange", () => {
      if (document.visibilityState === "visible") changed();
    });
  }
}

let watching = false;
