/** What the API answers, as in node/src/main/resources/explorer/openapi.yaml. Amounts are decimal strings. */

export type Amount = string;
export type Hash = string;
export type Account = string;
export type DeviceState = "registered" | "silent" | "failing" | "proven" | "paid";
export type EpochState = "accepted" | "disputed" | "final" | "void" | "skipped";

/** Without a block before the first one with an event is indexed. */
export interface Source {
  block?: number;
  blockHash?: Hash;
  time?: number;
  epoch?: number;
  resultHash?: Hash;
  moneyRoot?: Hash;
  carryRoot?: Hash;
  files?: string[];
}

export interface Page<T> {
  items: T[];
  next?: string;
  source: Source;
}

export interface IndexState {
  schema: number;
  block?: number;
  time?: number;
  epoch?: number;
  behindEpochs: number;
  trouble: string;
}

export interface Deployment {
  deployment: Hash;
  chainId: number;
  token: { symbol: string; name: string; decimals: number };
  credits: { name: string; decimals: number };
  priceDecimals: number;
  contracts: Record<string, Account>;
  schedule: { genesis: number; slotSeconds: number; slotsPerEpoch: number; commitSlots: number; disputeSlots: number };
  economy: {
    burnBps: number;
    operationsBps: number;
    vestingEpochs: number;
    periodEpochs: number;
    declineBps: number;
    hardCap: Amount;
  };
  verifiers: string[];
  index: IndexState;
  source: Source;
}

export interface Figures {
  network: number;
  epoch: number;
  time: number;
  state: EpochState;
  moneyRoot: Hash;
  resultHash: Hash;
  registered: number;
  active: number;
  proven: number;
  paid: number;
  accepted: number;
  rejected: number;
  faults: number;
  revenue: Amount;
  burned: Amount;
  payments: Amount;
  operations: Amount;
  bootstrap: Amount;
  awarded: Amount;
  duty: Amount;
  treasury: Amount;
  slashed: Amount;
  dust: Amount;
  void: Amount;
  payers: number;
  sellers: number;
  topPayerBps: number;
  unlinkedRevenue: Amount;
  linkedBps: number;
  price: string;
  subsidy: Amount;
  subsidyBps: number | null;
  earningsP10: Amount;
  earningsP50: Amount;
  earningsP90: Amount;
  revenuePerActive: Amount;
}

/** `now` is empty before the first epoch is indexed. */
export interface NetworkRow {
  network: number;
  kind: string;
  title: string;
  devices: number;
  now: Partial<Figures>;
}

/** An epoch without a result of its own: the next result covers it. */
export interface SkippedEpoch {
  epoch: number;
  state: "skipped";
}

/** A result. What is optional but for the final time is told by its files, once they are read. */
export interface ResultRow {
  epoch: number;
  first?: number;
  attempt: number;
  state: Exclude<EpochState, "skipped">;
  time: number;
  finalTime?: number;
  block: number;
  transaction: Hash;
  resultHash: Hash;
  moneyRoot: Hash;
  carryRoot: Hash;
  signers: number;
  signedBps: number;
  revenue?: Amount;
  payments?: Amount;
  active?: number;
  paid?: number;
  files: "indexed" | "waiting" | "missing";
}

export type EpochRow = ResultRow | SkippedEpoch;

export interface Overview {
  now: Partial<Figures>;
  series: Figures[];
  networks: NetworkRow[];
  totals: {
    devices: number;
    accounts: number;
    tokensBurned: Amount;
    creditsBought: Amount;
    creditsCharged: Amount;
    tokensPaid: Amount;
    tokensFunded: Amount;
    tokensClaimed: Amount;
  };
  latest?: ResultRow;
  final?: ResultRow;
  source: Source;
}

export interface Network {
  network: number;
  kind: string;
  title: string;
  created: number;
  rulesHash: Hash;
  parameters: string;
  bootstrap: {
    initial: Amount;
    start: number;
    end: number;
    maxCellBps: number;
    maxAdmissions: number;
    deviceStake: Amount;
  };
  devices: number;
  states?: Partial<Record<DeviceState, number>>;
  now: Partial<Figures>;
  series: Figures[];
  totals: { revenue: Amount; burned: Amount; payments: Amount; bootstrap: Amount; claimed: Amount };
  topPayers: { payer: Account; charged: Amount; shareBps: number; linked: boolean }[];
  cohorts: {
    period: number;
    fromEpoch: number;
    payers: number;
    kept: number;
    keptBps: number | null;
    revenue: Amount;
  }[];
  quantiles: Amount[];
  source: Source;
}

export interface ReasonCount {
  network: number;
  code: string;
  fault: boolean;
  count: number;
  happened: string;
  remedy: string;
}

export interface Result extends ResultRow {
  closeBlock: Hash;
  parent: Hash;
  inputs: Hash;
  rules: Hash;
  signedBy: Account[];
  signedStake: Amount;
  totalStake: Amount;
  indexes: { gateway: Account; index: Hash; transaction: Hash }[];
  totals: { kind: string; network: number; amount: Amount }[];
  economy: { cause: string; network: number; count: number; amount: Amount }[];
  reasons: ReasonCount[];
  figures: Figures[];
  dust: Amount;
  audit: string;
  publishedFiles: { path: string; size: number; sha256: Hash }[];
  source: Source;
}

export type Epoch = Result | (SkippedEpoch & { source: Source });

export interface DeviceRow {
  device: number;
  network: number;
  owner: Account;
  cell: string;
  state: DeviceState;
  registered: number;
  lastEpoch: number | null;
  accepted: number;
  rejected: number;
  faults: number;
  charged: Amount;
  paid: Amount;
}

export interface DeviceEpoch {
  epoch: number;
  time: number;
  epochState: EpochState;
  state: DeviceState;
  charged: Amount;
  paid: Amount;
  bootstrap: Amount;
  accepted: number;
  rejected: number;
  faults: number;
  reasons: ReasonCount[];
  resultHash: Hash;
  moneyRoot: Hash;
}

export interface Device extends DeviceRow {
  keyType: "ed25519" | "p256" | "secp256k1";
  key: string;
  endpoint: string;
  transaction: Hash;
  stake: Amount;
  stakeLeaving: number | null;
  earnings: {
    final: { service: Amount; bootstrap: Amount };
    pending: { service: Amount; bootstrap: Amount };
    vesting: Amount;
    lastEpoch: Amount;
  };
  percentile: number | null;
  epochs: DeviceEpoch[];
  source: Source;
}

export interface Why extends DeviceEpoch {
  device: number;
  records: {
    counter: string;
    slot: number;
    segment: Hash;
    bodyHash: Hash;
    code: string;
    happened: string;
    evidence: string;
    remedy: string;
    what: string;
  }[];
  faultLines: { slot: number; code: string; happened: string; evidence: string; remedy: string }[];
  segmentsGone: number;
  command: string;
  source: Source;
}

export interface Operator {
  role: "verifier" | "gateway";
  operator: Account;
  signer: Account;
  endpoint: string;
  stake: Amount;
  weight: Amount;
  leaving: number | null;
  signed: number;
  of: number;
  slashed: Amount;
}

export interface AccountPage {
  account: Account;
  devices: number;
  earnings: {
    kind: "payment" | "operations" | "bootstrap" | "duty" | "treasury";
    network: number;
    final: Amount;
    pending: Amount;
    claimed: Amount;
    claimable: Amount;
  }[];
  totals: { final: Amount; pending: Amount; claimed: Amount; claimable: Amount };
  customer: { creditsBought: Amount; tokensBurned: Amount; creditsCharged: Amount; creditsReserved: Amount };
  reservations: {
    id: Hash;
    seller: Account;
    network: number;
    credits: Amount;
    basis: Amount;
    lastEpoch: number;
  }[];
  operator: Operator[];
  source: Source;
}

export interface AccountClaims {
  epoch: number | null;
  moneyRoot: Hash;
  items: { kind: number; network: number; cumulative: Amount; claimed: Amount; proof: Hash[] }[];
  source: Source;
}

export interface Reservation {
  reservation: Hash;
  payer: Account;
  seller: Account;
  network: number;
  credits: Amount;
  basis: Amount;
  lastEpoch: number;
  released: boolean;
  charged: Amount;
  releasable: boolean;
  proof: Hash[];
  source: Source;
}

export interface Payment {
  epoch: number;
  time: number;
  network: number;
  payer: Account;
  seller: Account;
  charges: number;
  charged: Amount;
  burned: Amount;
  paid: Amount;
  void: Amount;
  linked: boolean;
  state: EpochState;
  resultHash: Hash;
}

export interface Cells {
  resolution: number;
  items: { cell: string; registered: number; proven: number; paid: number }[];
  without: number;
  source: Source;
}

export interface ChainEvent {
  block: number;
  index: number;
  time: number;
  transaction: Hash;
  contract: string;
  name: string;
  data: Record<string, unknown>;
}

export interface Proposal {
  proposal: string;
  proposer: Account;
  description: string;
  calls: { target: Account; contract: string; data: string }[];
  state: "pending" | "active" | "closed" | "queued" | "executed" | "canceled";
  voteStart: number;
  voteEnd: number;
  eta: number | null;
  for: Amount;
  against: Amount;
  abstain: Amount;
  votes?: { voter: Account; support: "against" | "for" | "abstain"; weight: Amount; reason: string }[];
  time: number;
  source?: Source;
}

export interface Dispute {
  dispute: number;
  epoch: number;
  resultHash: Hash;
  disputer: Account;
  bond: Amount;
  reason: string;
  state: "open" | "upheld" | "dismissed";
  votes: { member: Account; forVoid: boolean; reason: string }[];
  time: number;
}

export interface Governance {
  council: { members: Account[]; until?: number };
  disputeBond: Amount;
  voting: Record<string, string>;
  proposals: Proposal[];
  disputes: Dispute[];
  rules: { network: number; rulesHash: Hash; time: number; ready: Account[]; activeFrom: number | null }[];
  source: Source;
}

export interface Operators {
  items: Operator[];
  source: Source;
}

export interface Sign {
  code: string;
  severity: "info" | "watch" | "trouble";
  sentence: string;
  remedy: string;
  since: number | null;
  attack: string;
}

export interface Health {
  status: "ok" | "watch" | "trouble";
  signs: Sign[];
  counts: {
    slashes: number;
    equivocations: number;
    brokenPromises: number;
    voids: number;
    disputes: number;
    seizures: number;
    faultsShown: number;
    doubtfulPrices: number;
    skippedEpochs: number;
  };
  reasons: ReasonCount[];
  incidents: ChainEvent[];
  index: IndexState;
  source: Source;
}

export interface Hits {
  items: {
    type: "device" | "account" | "cell" | "epoch" | "transaction" | "network" | "proposal" | "dispute";
    id: string;
    title: string;
  }[];
  source: Source;
}

export interface LiveMessage {
  type: "state" | "block" | "epoch" | "final" | "void";
  block?: number;
  time?: number;
  epoch?: number;
}
