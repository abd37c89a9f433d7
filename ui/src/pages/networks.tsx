import { useApi } from "../api/client";
import type { NetworkRow, Page } from "../api/types";
import { PageHead, Read } from "../parts/layout";
import { SourceLine } from "../parts/source";
import { Downloads } from "../parts/table";
import { NetworkRows } from "./overview";

export default function NetworksPage() {
  const networks = useApi<Page<NetworkRow>>("networks?limit=200");
  return (
    <>
      <PageHead
        title="Networks"
        lead="Each network sells one kind of capacity under rules of its own. Money figures are those of the newest epoch with a result."
      />
      <Read from={networks}>
        {(data) => (
          <>
            <NetworkRows rows={data.items} />
            <p className="links" style={{ marginTop: 12 }}>
              <Downloads path="networks" />
            </p>
            <SourceLine of={data.source} />
          </>
        )}
      </Read>
    </>
  );
}
