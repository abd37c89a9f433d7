import { createContext, type ReactNode, useContext } from "react";
import type { Deployment } from "./types";

const Known = createContext<Deployment | undefined>(undefined);

export function DeploymentProvider({ deployment, children }: { deployment: Deployment; children: ReactNode }) {
  return <Known.Provider value={deployment}>{children}</Known.Provider>;
}

/** Names, units and schedule of the deployment; the shell shows no page before it has them. */
export function useDeployment(): Deployment {
  const deployment = useContext(Known);
  if (!deployment) throw new Error("outside of a deployment");
  return deployment;
}

/** Seconds of an epoch. */
export function epochSeconds(deployment: Deployment): number {
  return deployment.schedule.slotSeconds * deployment.schedule.slotsPerEpoch;
}

/** The epoch that is open at a moment; negative before genesis. */
export function epochAt(deployment: Deployment, seconds: number): number {
  return Math.floor((seconds - deployment.schedule.genesis) / epochSeconds(deployment));
}

/** The moment at which an epoch closes. */
export function closeOf(deployment: Deployment, epoch: number): number {
  return deployment.schedule.genesis + (epoch + 1) * epochSeconds(deployment);
}

/** The moment at which a slot begins. */
export function slotStart(deployment: Deployment, slot: number): number {
  return deployment.schedule.genesis + slot * deployment.schedule.slotSeconds;
}
