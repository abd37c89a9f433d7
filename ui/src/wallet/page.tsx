import { useState } from "react";
import { useDeployment } from "../api/deployment";
import { useApi } from "../api/client";
import type { AccountPage } from "../api/types";
import { Message, PageHead, Stat, Stats } from "../parts/layout";
import { AccountLink, Dollars, None, Tokens } from "../parts/values";
import { Link, useLocation } from "../router";
import { Buy } from "./buy";
import { inWords } from "./chain";
import { Claim } from "./claim";
import { Estimate } from "./estimate";
import { type Holdings, useHoldings } from "./holdings";
import { type Connected, connect, disconnect, switchChain, useConnected, useWallets } from "./provider";
import { Register } from "./register";
import { Reserve } from "./reserve";
import { Statement } from "./statement";
import { Vote } from "./vote";
import "./wallet.css";

const PARTS = [
  ["estimate", "Earnings estimate"],
  ["register", "Register a device"],
  ["claim", "Claim rewards"],
  ["buy", "Buy credits"],
  ["reserve", "Reserve credits"],
  ["statement", "Statements"],
  ["vote", "Vote"],
] as const;

type Name = (typeof PARTS)[number][0];

export default function WalletPage() {
  const { searchParams } = useLocation();
  const by = useConnected();
  const deployment = useDeployment();
  const right = by?.chainId === deployment.chainId;
  const holdings = useHoldings(by);
  const wanted = searchParams.get("do");
  const here: Name = PARTS.find(([name]) => name === wanted)?.[0] ?? (by ? "claim" : "estimate");
  return (
    <>
      <PageHead
        title="Wallet"
        lead="Everything that an account does here, without a terminal. Your wallet signs; this page never sees a key, and says before each signature what will happen and what it costs."
      />
      {by ? <Account by={by} holdings={holdings} right={right} /> : <Connect />}
      {by && !right ? <WrongChain by={by} /> : null}
      <div className="wallet">
        <nav aria-label="What to do">
          {PARTS.map(([name, title]) => (
            <Link key={name} href={`/wallet?do=${name}`} aria-current={name === here ? "page" : undefined}>
              {title}
            </Link>
          ))}
        </nav>
        <div key={`${here} ${by?.account}`}>
          <h2>{PARTS.find(([name]) => name === here)?.[1]}</h2>
          {here === "estimate" ? (
            <Estimate />
          ) : !by ? (
            <p className="note">Connect a wallet first.</p>
          ) : !right ? (
            <p className="note">Your wallet is on another chain.</p>
          ) : (
            <Part name={here} by={by} holdings={holdings} />
          )}
        </div>
      </div>
    </>
  );
}

function Part({ name, by, holdings }: { name: Exclude<Name, "estimate">; by: Connected; holdings: Holdings }) {
  switch (name) {
    case "register":
      return <Register by={by} holdings={holdings} />;
    case "claim":
      return <Claim by={by} holdings={holdings} />;
    case "buy":
      return <Buy by={by} holdings={holdings} />;
    case "reserve":
      return <Reserve by={by} holdings={holdings} />;
    case "statement":
      return <Statement by={by} />;
    case "vote":
      return <Vote by={by} holdings={holdings} />;
  }
}

function Connect() {
  const wallets = useWallets();
  const [error, setError] = useState("");
  if (wallets.length === 0) {
    return (
      <Message title="No wallet was found in this browser.">
        <p>
          Install one as an extension (any that follows EIP-1193 works), or open this page in a wallet’s own browser, and load it again. The
          earnings estimate below needs none.
        </p>
      </Message>
    );
  }
  return (
    <>
      <ul className="wallets">
        {wallets.map((wallet) => (
          <li key={wallet.id}>
            <button type="button" className="button main" onClick={() => void connect(wallet).then(() => setError(""), (e: unknown) => setError(inWords(e)))}>
              Connect {wallet.name}
            </button>
          </li>
        ))}
      </ul>
      <p className="note" style={{ marginTop: 8 }}>
        Connecting shows this page your address. It signs nothing and allows nothing.
      </p>
      {error ? (
        <p className="wrong" role="alert">
          {error}
        </p>
      ) : null}
    </>
  );
}

function Account({ by, holdings, right }: { by: Connected; holdings: Holdings; right: boolean }) {
  const account = useApi<AccountPage>(`accounts/${by.account}`);
  const waiting = right ? "…" : <None why="your wallet is on another chain" />;
  return (
    <>
      <Stats>
        <Stat
          label={by.wallet.name}
          value={<AccountLink of={by.account} />}
          under={
            <button type="button" className="quiet linked" style={{ padding: 0 }} onClick={disconnect}>
              Disconnect
            </button>
          }
        />
        <Stat label="Tokens" value={holdings.tokens === undefined ? waiting : <Tokens of={holdings.tokens.toString()} />} />
        <Stat label="Free credits" value={holdings.credits === undefined ? waiting : <Dollars of={holdings.credits.toString()} />} under="for services; cannot be moved" />
        <Stat label="Can be claimed" value={account.data ? <Tokens of={account.data.totals.claimable} /> : "…"} />
        <Stat label="Pending" value={account.data ? <Tokens of={account.data.totals.pending} /> : "…"} under="can still be disputed" />
        <Stat label="Devices" value={account.data ? <Link href={`/devices?owner=${by.account}`}>{account.data.devices}</Link> : "…"} />
      </Stats>
      {holdings.error ? (
        <p className="wrong" role="alert" style={{ marginTop: 10 }}>
          {holdings.error}
        </p>
      ) : null}
    </>
  );
}

function WrongChain({ by }: { by: Connected }) {
  const deployment = useDeployment();
  const [error, setError] = useState("");
  return (
    <div style={{ marginTop: 20 }}>
      <Message mood="warn" title={`Your wallet is on chain ${by.chainId}; this deployment is on chain ${deployment.chainId}.`}>
        <p>Nothing can be signed until it is on the right one. If your wallet does not know the chain, add it there with your own RPC address.</p>
        {error ? <p className="wrong">{error}</p> : null}
        <button type="button" className="button" style={{ marginTop: 8 }} onClick={() => void switchChain(by, deployment.chainId).catch((e: unknown) => setError(inWords(e)))}>
          Switch the wallet
        </button>
      </Message>
    </div>
  );
}
