import { useApi } from "../api/client";
import type { Health, Operators } from "../api/types";
import { count, plural } from "../format/number";
import { Badge } from "../parts/badges";
import { EventRows } from "../parts/events";
import { Empty, Facts, PageHead, Part, Read, Stat, Stats } from "../parts/layout";
import { OperatorRows } from "../parts/operators";
import { Reasons } from "../parts/reasons";
import { SignList } from "../parts/signs";
import { SourceLine } from "../parts/source";
import { Table } from "../parts/table";
import { EpochLink, Moment } from "../parts/values";

const STATUS = { ok: ["good", "Well"], watch: ["warn", "To be watched"], trouble: ["bad", "In trouble"] } as const;

export default function HealthPage() {
  const health = useApi<Health>("health");
  const operators = useApi<Operators>("operators");
  return (
    <>
      <PageHead
        title="Attacks and health"
        lead="Signs of attack and of failure that can be seen from public data, what each means and what can be done. Counts are since genesis."
      />
      <Read from={health}>
        {(data) => (
          <>
            <Counts data={data} />
            <Part title="What needs attention">
              <SignList signs={data.signs} />
            </Part>
            <Part title="Why reports did not count" note="All devices, newest epoch.">
              {data.reasons.length === 0 ? <Empty title="No report was judged in the newest epoch." /> : <Reasons of={data.reasons} />}
            </Part>
            <Part title="Verifiers and gateways" note="Of the last 50 results and epochs.">
              <Read from={operators}>{(known) => <OperatorRows rows={known.items} />}</Read>
            </Part>
            <Part title="Incidents on chain">
              {data.incidents.length === 0 ? (
                <Empty title="None so far: nobody was slashed, no result voided, no price in doubt." />
              ) : (
                <Table caption="Incidents" rows={data.incidents} keyOf={EventRows.keyOf} columns={EventRows.columns} />
              )}
            </Part>
            <Part title="This explorer">
              <Facts
                of={[
                  ["Indexed up to block", data.index.block === undefined || data.index.time === undefined ? "None yet" : <>{count(data.index.block)}, <Moment at={data.index.time} /></>],
                  ["Newest epoch", data.index.epoch === undefined ? "None yet" : <EpochLink epoch={data.index.epoch} />],
                  ["Behind", data.index.behindEpochs === 0 ? "Nothing" : plural(data.index.behindEpochs, "epoch")],
                  ["Problem", data.index.trouble || "None"],
                ]}
              />
            </Part>
            <SourceLine of={data.source} />
          </>
        )}
      </Read>
    </>
  );
}

function Counts({ data }: { data: Health }) {
  const { counts } = data;
  const [mood, word] = STATUS[data.status];
  return (
    <Stats>
      <Stat label="The deployment is" value={<Badge mood={mood}>{word}</Badge>} />
      <Stat label="Stakes slashed" value={count(counts.slashes)} under={`${count(counts.equivocations)} for two signed results`} />
      <Stat label="Broken promises" value={count(counts.brokenPromises)} under="reports that a gateway lost" />
      <Stat label="Results voided" value={count(counts.voids)} under={`of ${plural(counts.disputes, "dispute")}`} />
      <Stat label="Epochs skipped" value={count(counts.skippedEpochs)} under="no quorum in time" />
      <Stat label="Doubtful prices" value={count(counts.doubtfulPrices)} under="credits were not sold then" />
      <Stat label="Summons lost" value={count(counts.faultsShown)} under="data not shown to the court" />
      <Stat label="Seizures" value={count(counts.seizures)} under="stakes taken by the council" />
    </Stats>
  );
}
