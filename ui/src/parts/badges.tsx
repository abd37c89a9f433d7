import type { DeviceState, EpochState } from "../api/types";

export type Mood = "good" | "warn" | "bad" | "calm";

/** A state in a word, with a mark whose form says the same as its colour. */
export function Badge({ mood, children, title }: { mood: Mood; children: string; title?: string }) {
  return (
    <span className={`badge ${mood}`} title={title}>
      <svg width="10" height="10" viewBox="0 0 10 10" aria-hidden="true">
        {mood === "good" && <circle cx="5" cy="5" r="4.5" fill="currentColor" />}
        {mood === "warn" && <path d="M5 0.5 9.7 9.2H0.3z" fill="currentColor" />}
        {mood === "bad" && <rect x="0.8" y="0.8" width="8.4" height="8.4" fill="currentColor" />}
        {mood === "calm" && <circle cx="5" cy="5" r="3.7" fill="none" stroke="currentColor" strokeWidth="1.5" />}
      </svg>
      {children}
    </span>
  );
}

const DEVICES: Record<DeviceState, [Mood, string, string]> = {
  paid: ["good", "Paid", "Customers paid for its service in the newest epoch"],
  proven: ["good", "Proven", "Its work counted in the newest epoch; no customer paid for it"],
  failing: ["bad", "Failing", "It reported or owed something in the newest epoch, and nothing counted"],
  silent: ["warn", "Silent", "The newest epoch heard nothing of it"],
  registered: ["calm", "Registered", "No epoch has said anything of it yet"],
};

export function DeviceBadge({ state }: { state: DeviceState }) {
  const [mood, word, title] = DEVICES[state];
  return (
    <Badge mood={mood} title={title}>
      {word}
    </Badge>
  );
}

export const DEVICE_STATES = Object.entries(DEVICES).map(([state, [, word, meaning]]) => ({
  state: state as DeviceState,
  word,
  meaning,
}));

const EPOCHS: Record<EpochState, [Mood, string, string]> = {
  final: ["good", "Final", "The time for disputes is over; rewards can be claimed"],
  accepted: ["calm", "Pending", "The contract accepted it; it can still be disputed"],
  disputed: ["warn", "Disputed", "The council decides whether it stands"],
  void: ["bad", "Void", "The council took it back; the epoch is judged again"],
  skipped: ["warn", "Skipped", "It got no result in time; the next result covers it"],
};

export function EpochBadge({ state }: { state: EpochState }) {
  const [mood, word, title] = EPOCHS[state];
  return (
    <Badge mood={mood} title={title}>
      {word}
    </Badge>
  );
}
