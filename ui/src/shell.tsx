import { useEffect, useState } from "react";
import { useLive } from "./api/live";
import type { Deployment } from "./api/types";
import { shortened } from "./format/hash";
import { count } from "./format/number";
import { zone } from "./format/time";
import { Find } from "./parts/find";
import { Link } from "./router";

const MENU: [string, string][] = [
  ["/", "Overview"],
  ["/networks", "Networks"],
  ["/map", "Map"],
  ["/devices", "Devices"],
  ["/epochs", "Epochs"],
  ["/payments", "Payments"],
  ["/governance", "Governance"],
  ["/health", "Health"],
  ["/wallet", "Wallet"],
];

export function SiteHead({ path }: { path: string }) {
  const [open, setOpen] = useState(false);
  useEffect(() => setOpen(false), [path]);
  const isHere = (href: string) => (href === "/" ? path === "/" : path === href || path.startsWith(`${href}/`));
  return (
    <header className="site-head">
      <div className="site-head-in">
        <Link href="/" className="brand" aria-label="Groundwork, overview">
          <svg width="22" height="22" viewBox="0 0 32 32" aria-hidden="true">
            <path d="M16 2.5 27.7 9.2v13.6L16 29.5 4.3 22.8V9.2z" fill="currentColor" />
            <path d="M9.5 20.5h13M11.5 16h9M13.5 11.5h5" stroke="var(--ground)" strokeWidth="2.4" strokeLinecap="round" />
          </svg>
          <span>Groundwork</span>
        </Link>
        <Find />
        <button type="button" className="button menu-button" aria-expanded={open} aria-controls="menu" onClick={() => setOpen(!open)}>
          Menu
        </button>
        <nav id="menu" className={open ? "menu open" : "menu"} aria-label="Pages">
          {MENU.map(([href, name]) => (
            <Link key={href} href={href} aria-current={isHere(href) ? "page" : undefined} onClick={() => setOpen(false)}>
              {name}
            </Link>
          ))}
        </nav>
      </div>
    </header>
  );
}

export function SiteFoot({ deployment }: { deployment?: Deployment }) {
  const live = useLive();
  return (
    <footer className="site-foot">
      <div className="site-foot-in">
        {live === undefined ? null : (
          <span className={live ? "live" : "live broken"} role="status">
            {live ? "Live" : "Not live: connecting again"}
          </span>
        )}
        {deployment ? (
          <span>
            {deployment.index.block === undefined ? "No block indexed yet" : `Block ${count(deployment.index.block)}`} · deployment <code title={deployment.deployment}>{shortened(deployment.deployment)}</code>
          </span>
        ) : null}
        <span>Times in {zone}</span>
        <span>
          <a href="/api/v1/openapi.yaml">API</a> (no key)
        </span>
        <span>
          Map: <a href="https://www.naturalearthdata.com/">Natural Earth</a>
        </span>
        <ThemeChoice />
      </div>
    </footer>
  );
}

type Theme = "system" | "light" | "dark";

function storedTheme(): Theme {
  const theme = document.documentElement.dataset["theme"];
  return theme === "light" || theme === "dark" ? theme : "system";
}

function ThemeChoice() {
  const [theme, setTheme] = useState<Theme>(storedTheme);
  const choose = (next: Theme) => {
    setTheme(next);
    if (next === "system") delete document.documentElement.dataset["theme"];
    else document.documentElement.dataset["theme"] = next;
    try {
      if (next === "system") localStorage.removeItem("theme");
      else localStorage.setItem("theme", next);
    } catch {
      // Without storage the choice lasts as long as the page.
    }
    window.dispatchEvent(new Event("themechange"));
  };
  return (
    <fieldset className="theme push">
      <legend className="unseen">Colours</legend>
      {(["system", "light", "dark"] as const).map((each) => (
        <label key={each}>
          <input className="unseen" type="radio" name="theme" checked={theme === each} onChange={() => choose(each)} />
          {each[0]?.toUpperCase() + each.slice(1)}
        </label>
      ))}
    </fieldset>
  );
}
