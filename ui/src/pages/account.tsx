import { useApi } from "../api/client";
import type { AccountPage as Account, ChainEvent, DeviceRow, Payment } from "../api/types";
import { isAccount } from "../format/hash";
import { count, plural } from "../format/number";
import { EventRows } from "../parts/events";
import { Empty, PageHead, Part, Read, Stat, Stats } from "../parts/layout";
import { OperatorRows } from "../parts/operators";
import { SourceLine } from "../parts/source";
import { Downloads, Paged, Table } from "../parts/table";
import { AccountLink, Copy, Dollars, HashText, LastEpoch, NetworkLink, Tokens } from "../parts/values";
import { Link } from "../router";
import { DEVICE_COLUMNS } from "./devices";
import { PAYMENT_COLUMNS } from "./payments";

const KINDS: Record<Account["earnings"][number]["kind"], string> = {
  payment: "Service to customers",
  operations: "Operating a gateway or verifier",
  bootstrap: "Bootstrap awards",
  duty: "Verifying, out of emission",
  treasury: "Treasury",
};

export default function AccountPage({ address }: { address: string }) {
  const account = useApi<Account>(isAccount(address) ? `accounts/${address}` : undefined);
  if (!isAccount(address)) {
    return (
      <>
        <PageHead title="This is no account" />
        <Empty title={`“${address}” is not an address.`}>An address is 0x and 40 hexadecimal digits.</Empty>
      </>
    );
  }
  return (
    <>
      <PageHead
        title="Account"
        lead={
          <>
            <code>{address}</code>
            <Copy text={address} what="address" />
          </>
        }
      />
      <Read from={account}>{(data) => <Shown data={data} />}</Read>
    </>
  );
}

function Shown({ data }: { data: Account }) {
  const { totals, customer } = data;
  return (
    <>
      <Stats>
        <Stat label="Can be claimed now" value={<Tokens of={totals.claimable} />} under={totals.claimable === "0" ? undefined : <Link href="/wallet?do=claim">Claim</Link>} />
        <Stat label="Earned, pending" value={<Tokens of={totals.pending} />} under="accepted, can still be disputed" />
        <Stat label="Earned, final" value={<Tokens of={totals.final} />} under={<><Tokens of={totals.claimed} /> claimed</>} />
        <Stat label="Spent as a customer" value={<Dollars of={customer.creditsCharged} />} under={<><Dollars of={customer.creditsReserved} /> reserved</>} />
        <Stat label="Credits bought" value={<Dollars of={customer.creditsBought} />} under={<>for <Tokens of={customer.tokensBurned} /> burned</>} />
        <Stat label="Devices" value={count(data.devices)} />
      </Stats>
      <Part title="Earnings">
        {data.earnings.length === 0 ? (
          <Empty title="This account has earned nothing yet.">Owners of devices, gateways and verifiers earn. A customer does not.</Empty>
        ) : (
          <Table
            caption="Earnings"
            rows={data.earnings}
            keyOf={(row) => `${row.kind} ${row.network}`}
            columns={[
              { name: "For", head: true, cell: (row) => KINDS[row.kind] },
              { name: "Network", cell: (row) => (row.network === 0 ? "All" : <NetworkLink of={row.network} />) },
              { name: "Pending", number: true, cell: (row) => <Tokens of={row.pending} /> },
              { name: "Final", number: true, cell: (row) => <Tokens of={row.final} /> },
              { name: "Claimed", number: true, cell: (row) => <Tokens of={row.claimed} /> },
              { name: "Can be claimed", number: true, cell: (row) => <Tokens of={row.claimable} /> },
            ]}
          />
        )}
      </Part>
      {data.reservations.length > 0 ? (
        <Part title="Open reservations" note="Credits set aside for one seller each; what is not spent returns after the last epoch.">
          <Table
            caption="Open reservations"
            rows={data.reservations}
            keyOf={(row) => row.id}
            columns={[
              { name: "Reservation", head: true, cell: (row) => <HashText of={row.id} what="reservation's id" /> },
              { name: "Seller", cell: (row) => <AccountLink of={row.seller} /> },
              { name: "Network", cell: (row) => <NetworkLink of={row.network} /> },
              { name: "Last epoch", number: true, cell: (row) => <LastEpoch of={row.lastEpoch} /> },
              { name: "Credits", number: true, cell: (row) => <Dollars of={row.credits} /> },
              { name: "Burned for it", number: true, cell: (row) => <Tokens of={row.basis} /> },
            ]}
          />
        </Part>
      ) : null}
      {data.operator.length > 0 ? (
        <Part title="As an operator">
          <OperatorRows rows={data.operator} />
        </Part>
      ) : null}
      {data.devices > 0 ? (
        <Part title={plural(data.devices, "device")} links={<Downloads path={`devices?owner=${data.account}`} />}>
          <Paged<DeviceRow>
            path={`devices?owner=${data.account}`}
            caption="Devices"
            limit={20}
            columns={DEVICE_COLUMNS.filter((column) => column.name !== "Owner")}
            keyOf={(row) => row.device}
            empty={<Empty title="It owns no device." />}
          />
        </Part>
      ) : null}
      <Part title="Charged as a customer" links={<Downloads path={`payments?payer=${data.account}`} />}>
        <Paged<Payment>
          path={`payments?payer=${data.account}`}
          caption="Charges"
          limit={20}
          columns={PAYMENT_COLUMNS.filter((column) => column.name !== "Payer")}
          keyOf={(row) => `${row.epoch} ${row.network} ${row.seller}`}
          empty={<Empty title="It was never charged." />}
        />
      </Part>
      <Part title="On chain" links={<Downloads path={`accounts/${data.account}/events`} />}>
        <Paged<ChainEvent>
          path={`accounts/${data.account}/events`}
          caption="Events"
          limit={20}
          columns={EventRows.columns}
          keyOf={EventRows.keyOf}
          empty={<Empty title="The chain has no event of it." />}
        />
      </Part>
      <SourceLine of={data.source} />
    </>
  );
}

