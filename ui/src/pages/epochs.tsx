import { useApi } from "../api/client";
import { useDeployment } from "../api/deployment";
import type { EpochRow, Page } from "../api/types";
import { duration } from "../format/time";
import { PageHead, Read } from "../parts/layout";
import { Downloads } from "../parts/table";
import { useState } from "react";
import { EpochRows } from "./overview";

export default function EpochsPage() {
  const { schedule } = useDeployment();
  const [cursors, setCursors] = useState<string[]>([]);
  const cursor = cursors.at(-1);
  const page = useApi<Page<EpochRow>>(`epochs?limit=50${cursor ? `&cursor=${encodeURIComponent(cursor)}` : ""}`);
  return (
    <>
      <PageHead
        title="Epochs"
        lead={
          <>
            An epoch lasts {duration(schedule.slotSeconds * schedule.slotsPerEpoch)}. Verifiers recompute it alone; when more than two
            thirds of the stake signed the same result, the contract accepts it, and after{" "}
            {duration(schedule.slotSeconds * schedule.disputeSlots)} without a successful dispute it is final.
          </>
        }
      />
      <Read from={page}>
        {(data) => (
          <>
            <EpochRows rows={data.items} />
            <nav className="pages" aria-label="Pages of epochs">
              <button type="button" className="button" disabled={cursors.length === 0} onClick={() => setCursors(cursors.slice(0, -1))}>
                Newer
              </button>
              <button
                type="button"
                className="button"
                disabled={!data.next}
                onClick={() => data.next && setCursors([...cursors, data.next])}
              >
                Older
              </button>
              <span className="links">
                <Downloads path="epochs" />
              </span>
            </nav>
          </>
        )}
      </Read>
    </>
  );
}
