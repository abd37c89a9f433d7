import { useApi } from "../api/client";
import { nameOf } from "../api/deployment";
import type { NetworkRow, Page, Payment } from "../api/types";
import { count } from "../format/number";
import { isAccount } from "../format/hash";
import { EpochBadge } from "../parts/badges";
import { Empty, PageHead } from "../parts/layout";
import { type Column, Downloads, Paged } from "../parts/table";
import { AccountLink, Dollars, EpochLink, NetworkLink, Tokens } from "../parts/values";
import { Link, setQuery, useLocation } from "../router";

/** What matters most first: a phone shows the left ones. */
export const PAYMENT_COLUMNS: Column<Payment>[] = [
  { name: "Epoch", head: true, cell: (row) => <EpochLink epoch={row.epoch} /> },
  { name: "State", cell: (row) => <EpochBadge state={row.state} /> },
  { name: "Charged", number: true, cell: (row) => <Dollars of={row.charged} /> },
  { name: "Paid", number: true, cell: (row) => <Tokens of={row.paid} /> },
  { name: "Payer", cell: (row) => <AccountLink of={row.payer} /> },
  { name: "Seller", cell: (row) => <AccountLink of={row.seller} /> },
  { name: "Network", cell: (row) => <NetworkLink of={row.network} /> },
  { name: "Charges", number: true, cell: (row) => count(row.charges) },
  { name: "Burned", number: true, cell: (row) => <Tokens of={row.burned} /> },
  { name: "Linked", cell: (row) => (row.linked ? "Yes" : "No") },
];

export default function PaymentsPage() {
  const { searchParams } = useLocation();
  const networks = useApi<Page<NetworkRow>>("networks?limit=200");
  const names = ["network", "payer", "seller", "epoch"];
  const query = names
    .filter((name) => searchParams.get(name))
    .map((name) => `${name}=${encodeURIComponent(searchParams.get(name) ?? "")}`)
    .join("&");
  const path = query ? `payments?${query}` : "payments";
  const account = (name: "payer" | "seller", label: string) => (
    <div className="field" style={{ flex: "1 1 220px", maxWidth: 420 }}>
      <label htmlFor={name}>{label}</label>
      <input
        id={name}
        className="mono"
        placeholder="0x…"
        spellCheck={false}
        defaultValue={searchParams.get(name) ?? ""}
        onChange={(event) => {
          const text = event.target.value.trim();
          if (text === "" || isAccount(text)) setQuery(name, text.toLowerCase());
        }}
      />
    </div>
  );
  return (
    <>
      <PageHead
        title="Payments"
        lead="Who was charged for whose service. A charge consumes tokens that the payer burned before; the seller is paid out of those, never more. “Linked” payers are, or exchanged tokens or devices with, the seller."
      />
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
        {account("payer", "Payer")}
        {account("seller", "Seller")}
        <div className="field">
          <label htmlFor="epoch">Epoch</label>
          <input
            id="epoch"
            inputMode="numeric"
            size={8}
            defaultValue={searchParams.get("epoch") ?? ""}
            onChange={(event) => /^\d{0,10}$/.test(event.target.value.trim()) && setQuery("epoch", event.target.value.trim())}
          />
        </div>
        {query ? (
          <Link href="/payments" className="button">
            Clear
          </Link>
        ) : null}
        <span className="links">
          <Downloads path={path} />
        </span>
      </div>
      <Paged<Payment>
        path={path}
        caption="Payments"
        columns={PAYMENT_COLUMNS}
        keyOf={(row) => `${row.epoch} ${row.network} ${row.payer} ${row.seller}`}
        empty={
          query ? (
            <Empty title="No payment matches.">Take a filter away to see more.</Empty>
          ) : (
            <Empty title="Nobody has been charged yet.">A customer is charged when reserved service was proven in an epoch.</Empty>
          )
        }
      />
    </>
  );
}
