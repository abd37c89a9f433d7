import { createContext, type ReactNode, useContext, useMemo } from "react";
import { useApi } from "./client";
import type { Deployment, NetworkRow, Page } from "./types";

const Known = createContext<Deployment | undefined>(undefined);
const Names = createContext<ReadonlyMap<number, string>>(new Map());

export function DeploymentProvider({ deployment, children }: { deployment: Deployment; children: ReactNode }) {
  const networks = useApi<Page<NetworkRow>>("networks?limit=200").data;
  const names = useMemo(() => new Map(networks?.items.map((row) => [row.network, nameOf(row)])), [networks]);
  return (
    <Known.Provider value={deployment}>
      <Names.Provider value={names}>{children}</Names.Provider>
    </Known.Provider>
  );
}

/** What a network is called: as its founder named it, with a capital. */
export function nameOf(network: { title: string; kind: string }): string {
  const name = network.title || network.kind;
  return name.charAt(0).toUpperCase() + name.slice(1);
}

/** What the networks are called, by their numbers; empty until it is known. */
export function useNetworkNames(): ReadonlyMap<number, string> {
  return useContext(Names);
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
