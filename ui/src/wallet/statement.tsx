import { useApi } from "../api/client";
import type { AccountPage, Payment } from "../api/types";
import { Command, Empty, Part, Read, Stat, Stats } from "../parts/layout";
import { Downloads, Paged } from "../parts/table";
import { Dollars, Tokens } from "../parts/values";
import { PAYMENT_COLUMNS } from "../pages/payments";
import type { Connected } from "./provider";

export function Statement({ by }: { by: Connected }) {
  const account = useApi<AccountPage>(`accounts/${by.account}`);
  const path = `payments?payer=${by.account}`;
  return (
    <>
      <p className="note">What you were charged, by epoch and seller, from public data.</p>
      <div style={{ marginTop: 14 }}>
        <Read from={account}>
          {(data) => (
            <Stats>
              <Stat label="Credits bought" value={<Dollars of={data.customer.creditsBought} />} under={<>for <Tokens of={data.customer.tokensBurned} /></>} />
              <Stat label="Charged" value={<Dollars of={data.customer.creditsCharged} />} />
              <Stat label="Reserved" value={<Dollars of={data.customer.creditsReserved} />} />
            </Stats>
          )}
        </Read>
      </div>
      <Part title="Charges" links={<Downloads path={path} />}>
        <Paged<Payment>
          path={path}
          caption="Charges"
          limit={25}
          columns={PAYMENT_COLUMNS.filter((column) => column.name !== "Payer" && column.name !== "Linked")}
          keyOf={(row) => `${row.epoch} ${row.network} ${row.seller}`}
          empty={<Empty title="You were never charged.">Charges appear when a seller has proven service that you reserved for.</Empty>}
        />
      </Part>
      <Part title="To the last unit" note="Lists each deal and each session of reading, and checks that their sum is what was settled on chain.">
        <Command text={`groundwork storage statement --payer ${by.account}`} />
      </Part>
    </>
  );
}
