import { Component, type ErrorInfo, type ReactNode, Suspense, lazy, useEffect, useRef } from "react";
import { useApi } from "./api/client";
import { DeploymentProvider } from "./api/deployment";
import type { Deployment } from "./api/types";
import { Message, PageHead, Read } from "./parts/layout";
import { hasMoved, Link, match, useLocation } from "./router";
import { SiteFoot, SiteHead } from "./shell";
import { OverviewPage } from "./pages/overview";

const NetworksPage = lazy(() => import("./pages/networks"));
const NetworkPage = lazy(() => import("./pages/network"));
const MapPage = lazy(() => import("./map/page"));
const DevicesPage = lazy(() => import("./pages/devices"));
const DevicePage = lazy(() => import("./pages/device"));
const WhyPage = lazy(() => import("./pages/why"));
const AccountPage = lazy(() => import("./pages/account"));
const EpochsPage = lazy(() => import("./pages/epochs"));
const EpochPage = lazy(() => import("./pages/epoch"));
const PaymentsPage = lazy(() => import("./pages/payments"));
const GovernancePage = lazy(() => import("./pages/governance"));
const ProposalPage = lazy(() => import("./pages/proposal"));
const HealthPage = lazy(() => import("./pages/health"));
const WalletPage = lazy(() => import("./wallet/page"));

const ROUTES: [string, (values: Record<string, string>) => ReactNode][] = [
  ["/", () => <OverviewPage />],
  ["/networks", () => <NetworksPage />],
  ["/networks/:id", ({ id }) => <NetworkPage key={id} id={id ?? ""} />],
  ["/map", () => <MapPage />],
  ["/devices", () => <DevicesPage />],
  ["/devices/:id", ({ id }) => <DevicePage key={id} id={id ?? ""} />],
  ["/devices/:id/epochs/:epoch", ({ id, epoch }) => <WhyPage key={`${id} ${epoch}`} id={id ?? ""} epoch={epoch ?? ""} />],
  ["/accounts/:address", ({ address }) => <AccountPage key={address} address={(address ?? "").toLowerCase()} />],
  ["/epochs", () => <EpochsPage />],
  ["/epochs/:epoch", ({ epoch }) => <EpochPage key={epoch} epoch={epoch ?? ""} />],
  ["/payments", () => <PaymentsPage />],
  ["/governance", () => <GovernancePage />],
  ["/governance/:id", ({ id }) => <ProposalPage key={id} id={id ?? ""} />],
  ["/health", () => <HealthPage />],
  ["/wallet", () => <WalletPage />],
];

function page(path: string): ReactNode {
  for (const [pattern, show] of ROUTES) {
    const values = match(pattern, path);
    if (values) return show(values);
  }
  return <NotFound />;
}

function NotFound() {
  return (
    <>
      <PageHead title="There is no such page" lead="The address may be mistyped, or from another version of this site." />
      <p>
        <Link href="/">Go to the overview</Link>, or search for a device, an account or an epoch above.
      </p>
    </>
  );
}

export function App() {
  const location = useLocation();
  const deployment = useApi<Deployment>("deployment");
  const main = useRef<HTMLElement>(null);
  useEffect(() => {
    if (hasMoved()) main.current?.focus({ preventScroll: true });
  }, [location.pathname]);
  return (
    <>
      <a className="skip unseen" href="#main">
        Skip to the page
      </a>
      <SiteHead path={location.pathname} />
      <Notice deployment={deployment.data} away={deployment.error !== undefined && deployment.data !== undefined} />
      <main id="main" tabIndex={-1} ref={main}>
        <Read from={deployment}>
          {(known) => (
            <DeploymentProvider deployment={known}>
              <Guard key={location.pathname}>
                <Suspense fallback={<p className="waiting">Loading…</p>}>{page(location.pathname)}</Suspense>
              </Guard>
            </DeploymentProvider>
          )}
        </Read>
      </main>
      <SiteFoot deployment={deployment.data} />
    </>
  );
}

/** What concerns every page: the server is away, or the index is not up to date. */
function Notice({ deployment, away }: { deployment?: Deployment; away: boolean }) {
  let text = "";
  if (away) text = "The explorer's server does not answer. What you see was read before; the page goes on by itself when it is back.";
  else if (deployment?.index.trouble) text = `The index has a problem: ${deployment.index.trouble}`;
  else if (deployment && deployment.index.behindEpochs > 2) {
    text = `The index is ${deployment.index.behindEpochs} epochs behind the chain; numbers are those of epoch ${deployment.index.epoch}.`;
  }
  return (
    <div aria-live="polite">
      {text ? (
        <div className="banner">
          <p>{text}</p>
        </div>
      ) : null}
    </div>
  );
}

/** A page that breaks says so, and the rest stays. */
class Guard extends Component<{ children: ReactNode }, { error?: Error }> {
  override state: { error?: Error } = {};

  static getDerivedStateFromError(error: Error) {
    return { error };
  }

  override componentDidCatch(error: Error, info: ErrorInfo) {
    console.error(error, info.componentStack);
  }

  override render() {
    if (!this.state.error) return this.props.children;
    return (
      <Message mood="bad" title="This page could not be shown.">
        <p>
          {this.state.error.message}. If the site was updated meanwhile, loading it again helps. The same data are under{" "}
          <a href="/api/v1/openapi.yaml">/api/v1</a>.
        </p>
        <button type="button" className="button" style={{ marginTop: 8 }} onClick={() => window.location.reload()}>
          Load again
        </button>
      </Message>
    );
  }
}
