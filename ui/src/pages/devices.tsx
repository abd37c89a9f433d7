import { useApi } from "../api/client";
import { nameOf } from "../api/deployment";
import type { DeviceRow, NetworkRow, Page } from "../api/types";
import { count } from "../format/number";
import { isAccount } from "../format/hash";
import { DEVICE_STATES, DeviceBadge } from "../parts/badges";
import { Empty, PageHead } from "../parts/layout";
import { type Column, Downloads, Paged } from "../parts/table";
import { AccountLink, Dollars, EpochLink, NetworkLink, None, Tokens } from "../parts/values";
import { Link, setQuery, useLocation } from "../router";

/** What matters most first: a phone shows the left ones. */
export const DEVICE_COLUMNS: Column<DeviceRow>[] = [
  { name: "Device", head: true, cell: (row) => <Link href={`/devices/${row.device}`}>{row.device}</Link> },
  { name: "State", cell: (row) => <DeviceBadge state={row.state} /> },
  { name: "Earned", number: true, cell: (row) => <Tokens of={row.paid} /> },
  { name: "Charged", number: true, cell: (row) => <Dollars of={row.charged} /> },
  { name: "Counted", number: true, cell: (row) => count(row.accepted) },
  { name: "Rejected", number: true, cell: (row) => count(row.rejected) },
  { name: "Faults", number: true, cell: (row) => count(row.faults) },
  { name: "Last heard", number: true, cell: (row) => (row.lastEpoch === null ? <None why="never" /> : <>epoch <EpochLink epoch={row.lastEpoch} /></>) },
  { name: "Network", cell: (row) => <NetworkLink of={row.network} /> },
  { name: "Owner", cell: (row) => <AccountLink of={row.owner} /> },
];

const FILTERS = ["network", "state", "cell", "owner"];

export default function DevicesPage() {
  const { searchParams } = useLocation();
  const networks = useApi<Page<NetworkRow>>("networks?limit=200");
  const query = FILTERS.filter((name) => searchParams.get(name))
    .map((name) => `${name}=${encodeURIComponent(searchParams.get(name) ?? "")}`)
    .join("&");
  const path = query ? `devices?${query}` : "devices";
  const owner = searchParams.get("owner") ?? "";
  return (
    <>
      <PageHead title="Devices" lead="Every device on chain, with what the epochs so far said of it and paid for it." />
      <div className="filters" role="group" aria-label="Filters">
        <div className="field">
          <label htmlFor="network">Network</label>
          <select id="network" value={searchParams.get("network") ?? ""} onChange={(event) => setQuery("network", event.target.value)}>
            <option value="">All</option>
            {networks.data?.items.map((row) => (
              <option key={row.network} value={row.network}>
                {nameOf(row)}
              </option>
            ))}
          </select>
        </div>
        <div className="field">
          <label htmlFor="state">State in the newest epoch</label>
          <select id="state" value={searchParams.get("state") ?? ""} onChange={(event) => setQuery("state", event.target.value)}>
            <option value="">All</option>
            {DEVICE_STATES.map((each) => (
              <option key={each.state} value={each.state}>
                {each.word}
              </option>
            ))}
          </select>
        </div>
        <div className="field" style={{ flex: "1 1 260px", maxWidth: 440 }}>
          <label htmlFor="owner">Owner</label>
          <input
            id="owner"
            className="mono"
            placeholder="0x…"
            defaultValue={owner}
            spellCheck={false}
            onChange={(event) => {
              const text = event.target.value.trim();
              if (text === "" || isAccount(text)) setQuery("owner", text.toLowerCase());
            }}
          />
        </div>
        {query ? (
          <Link href="/devices" className="button">
            Clear
          </Link>
        ) : null}
        <span className="links">
          <Downloads path={path} />
        </span>
      </div>
      {searchParams.get("cell") ? (
        <p className="note" style={{ marginBottom: 10 }}>
          In cell <code>{searchParams.get("cell")}</code>. <Link href={`/map?cell=${searchParams.get("cell")}`}>See it on the map</Link>.
        </p>
      ) : null}
      <Paged<DeviceRow>
        path={path}
        caption="Devices"
        columns={DEVICE_COLUMNS}
        keyOf={(row) => row.device}
        empty={
          query ? (
            <Empty title="No device matches.">Take a filter away to see more.</Empty>
          ) : (
            <Empty title="No device is registered yet.">
              Anybody registers one on the <Link href="/wallet?do=register">wallet page</Link> or with <code>groundwork device register</code>.
            </Empty>
          )
        }
      />
    </>
  );
}
