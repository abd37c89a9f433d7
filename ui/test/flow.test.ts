import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { createPublicClient, createWalletClient, encodeFunctionData, http, parseAbi, parseEther } from "viem";
import { generatePrivateKey, privateKeyToAccount } from "viem/accounts";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { CREDITS, GOVERNOR, SENTENCES, TOKEN } from "../src/wallet/abi";
import { browser, LOOKS, open } from "./fixture/browser";
import { type Injected, inject } from "./fixture/injected";
import { readable, settled, shot, THOROUGH } from "./fixture/look";
import { contractsOf, deviceLine, keyOf } from "./fixture/network";
import { pagesOf, watched } from "./fixture/real";

/**
 * One account on the wallet page, from nothing to a claimed reward and a vote, and then every page, over a network that
 * runs: GROUNDWORK_NETWORK names its folder, GROUNDWORK_EXPLORER its explorer. The account is the folder's "person", its
 * device "person-device", and "bank" has tokens to give and to propose with. WalletPageTest, which starts all of it, has
 * the device serve what its owner reserves for itself, and has votes last longer than the ten seconds of a local network.
 */

const FOLDER = process.env["GROUNDWORK_NETWORK"];
const EXPLORER = process.env["GROUNDWORK_EXPLORER"];
const REVIEW = ".review h3";
const ALERT = "form [role=alert]";
const DEADLINE_MILLIS = 90_000;
const TOKENS = parseEther("100");
const BURNED = parseEther("50");

const REGISTRY = parseAbi(["function deviceCount() view returns (uint64)", "function ownerOf(uint256) view returns (address)"]);
const CLAIMED = parseAbi(["event Claimed(uint8 kind, address indexed account, uint32 indexed network, uint256 amount, uint256 claimed)"]);
const PROPOSING = parseAbi([
  "function propose(address[] targets, uint256[] values, bytes[] calldatas, string description) returns (uint256)",
  "function votingPeriod() view returns (uint256)",
  "function proposalVotes(uint256 proposalId) view returns (uint256 againstVotes, uint256 forVotes, uint256 abstainVotes)",
  "event ProposalCreated(uint256 proposalId, address proposer, address[] targets, uint256[] values, string[] signatures, bytes[] calldatas, uint256 voteStart, uint256 voteEnd, string description)",
]);

describe.skipIf(!FOLDER || !EXPLORER)("one account on the wallet page", { timeout: 2 * DEADLINE_MILLIS }, () => {
  const folder = FOLDER ?? "";
  const explorer = EXPLORER ?? "";
  const { chain } = JSON.parse(FOLDER ? readFileSync(join(folder, "ports.json"), "utf8") : "{}") as { chain: number };
  const transport = http(`http://127.0.0.1:${chain}`);
  const reader = createPublicClient({ transport });
  const bank = createWalletClient({ account: privateKeyToAccount(FOLDER ? keyOf(folder, "bank") : generatePrivateKey()), transport });
  const contracts = FOLDER ? contractsOf(folder) : {};
  const { GroundworkToken, Credits, DeviceRegistry, Claims, GroundworkGovernor, Council } = contracts as Record<string, `0x${string}`>;
  let chromium: Browser;
  let context: BrowserContext;
  let page: Page;
  let wrong: string[];
  let deviating: string[];
  let injected: Injected;
  let address: `0x${string}`;

  const tokens = () => reader.readContract({ address: GroundworkToken!, abi: TOKEN, functionName: "balanceOf", args: [address] });
  const credits = async () => (await reader.readContract({ address: Credits!, abi: CREDITS, functionName: "account", args: [address] }))[0];
  const sent = () => injected.asked.filter((method) => method === "eth_sendTransaction").length;
  const to = (part: string) => page.click(`nav >> text=${part}`);
  const mined = (hash: `0x${string}`) => reader.waitForTransactionReceipt({ hash });

  async function sign(name: string) {
    await page.waitForSelector(REVIEW);
    await shot(page, `wallet-${name}`);
    await page.click("text=Sign in wallet");
    await page.waitForSelector("h3:has-text('Done')", { timeout: DEADLINE_MILLIS });
  }

  /** What the page says instead of offering something to sign. */
  async function refusal(button: string): Promise<string | null> {
    await page.click(`text=${button}`);
    await page.waitForSelector(ALERT);
    return page.textContent(ALERT);
  }

  beforeAll(async () => {
    const key = keyOf(folder, "person");
    address = privateKeyToAccount(key).address;
    chromium = await browser();
    ({ context, page, wrong } = await open(chromium, LOOKS[0]!, explorer));
    deviating = watched(page);
    injected = await inject(page, `http://127.0.0.1:${chain}`, key);
  });

  afterAll(() => chromium?.close());

  test("on another chain can sign nothing until its wallet has switched", async () => {
    injected.elsewhere = true;
    await page.goto(`${explorer}/wallet`);
    await page.click("text=Connect Test wallet");
    await page.waitForSelector("text=Your wallet is on chain 1; this deployment is on chain 31337.");
    await to("Buy credits");
    await page.waitForSelector("text=Your wallet is on another chain.");
    await shot(page, "wallet-elsewhere");
    await page.click("text=Switch the wallet");
    await page.waitForSelector("text=Review the purchase");
  });

  test("with nothing learns what it lacks, and is asked to sign nothing", async () => {
    await page.fill("#tokens", "50");
    expect(await refusal("Review the purchase")).toBe("The account holds fewer tokens than that.");
    await to("Claim rewards");
    await page.waitForSelector("text=Nothing can be claimed now.");
    await to("Statements");
    await page.waitForSelector("text=You were never charged.");
    await mined(await bank.writeContract({ address: GroundworkToken!, abi: parseAbi(["function transfer(address to, uint256 value) returns (bool)"]), functionName: "transfer", args: [address, TOKENS], chain: null }));
    await to("Vote");
    await page.click("text=Review the delegation to yourself");
    await page.waitForSelector("text=too little of the chain’s own coin for the fee");
    expect(await page.isDisabled("text=Sign in wallet")).toBe(true);
    await shot(page, "wallet-no-coin");
    expect(sent()).toBe(0);
    await mined(await bank.sendTransaction({ to: address, value: parseEther("1"), chain: null }));
  });

  test("delegates its votes to itself, after it declined once", async () => {
    await page.click("text=Back");
    await page.click("text=Review the delegation to yourself");
    injected.declines = true;
    await page.click("text=Sign in wallet");
    await page.waitForSelector(ALERT);
    expect(await page.textContent(ALERT)).toBe("You declined it in the wallet. Nothing was sent.");
    injected.declines = false;
    await page.click("text=Review the delegation to yourself");
    await sign("delegate");
  });

  test("burns exactly what it said for credits", async () => {
    await to("Buy credits");
    await page.fill("#tokens", "50");
    await page.click("text=Review the purchase");
    await page.waitForSelector(REVIEW);
    expect(await page.textContent(".sentence")).toContain("Burned tokens do not come back");
    expect(await page.textContent(".review")).toContain("Your wallet asks 2 times.");
    await sign("buy");
    expect(await tokens()).toBe(TOKENS - BURNED);
    expect(await credits()).toBeGreaterThan(parseEther("10"));
  });

  test("reserves credits for itself as a seller, but not more than it has", async () => {
    const before = await credits();
    await to("Reserve credits");
    await page.fill("#seller", address);
    await page.fill("#dollars", "1000000");
    expect(await refusal("Review the reservation")).toBe(SENTENCES["InsufficientCredits"]);
    await page.fill("#dollars", "5");
    await page.click("text=Review the reservation");
    await sign("reserve");
    expect(before - (await credits())).toBe(parseEther("5"));
  });

  test("registers a device by the key that was pasted", async () => {
    const number = (await reader.readContract({ address: DeviceRegistry!, abi: REGISTRY, functionName: "deviceCount" })) + 1n;
    await to("Register a device");
    await page.fill("#key", deviceLine(folder, "person-device"));
    await page.click("text=Review the registration");
    await sign("register");
    await page.waitForSelector(`text=device ${number}`);
    expect(await reader.readContract({ address: DeviceRegistry!, abi: REGISTRY, functionName: "ownerOf", args: [number] })).toBe(address);
  });

  test("votes on a proposal, and the vote counts with all that it holds", async () => {
    const proposal = await proposed();
    await to("Vote");
    await page.waitForSelector(`option[value="${proposal}"]`, { state: "attached", timeout: DEADLINE_MILLIS });
    await page.selectOption("#proposal", proposal.toString());
    await page.getByLabel("For", { exact: true }).check();
    await page.fill("#reason", "Frivolous disputes cost everybody time.");
    await page.click("text=Review the vote");
    await page.waitForSelector(REVIEW);
    expect(await page.textContent(".sentence")).toContain("with 50.00 votes");
    await sign("vote");
    const [, agreed] = await reader.readContract({ address: GroundworkGovernor!, abi: PROPOSING, functionName: "proposalVotes", args: [proposal] });
    expect(agreed).toBe(await tokens());
    await page.click("text=Another one");
    await page.selectOption("#proposal", proposal.toString());
    await page.getByLabel("Against").check();
    expect(await refusal("Review the vote")).toBe(SENTENCES["GovernorAlreadyCastVote"]);
  });

  test("is shown each charge in its statement", async () => {
    await to("Statements");
    await page.waitForSelector("main table >> text=/^\\$0\\./", { timeout: DEADLINE_MILLIS });
    await shot(page, "wallet-statement");
  });

  test("is not asked to sign what an explorer made up, or says without an answer", async () => {
    const claims = "**/api/v1/accounts/*/claims";
    await to("Claim rewards");
    await page.waitForSelector("button:not([disabled]):has-text('Review the claim')", { timeout: DEADLINE_MILLIS });
    const before = sent();
    await page.route(claims, async (route) => {
      const response = await route.fetch();
      const answer = (await response.json()) as { items: { cumulative: string }[] };
      await route.fulfill({ response, json: { ...answer, items: answer.items.map((item) => ({ ...item, cumulative: `${item.cumulative}0` })) } });
    });
    expect(await refusal("Review the claim")).toContain("does not lead to the root that is final on chain");
    await page.unroute(claims);
    await page.route(claims, (route) => route.abort());
    expect(await refusal("Review the claim")).toBe("The explorer's server does not answer.");
    await page.unroute(claims);
    expect(sent()).toBe(before);
    wrong.splice(0, wrong.length, ...wrong.filter((each) => !each.includes("ERR_FAILED")));
  });

  test("claims what its device earned, to the last unit", async () => {
    const before = await tokens();
    const done = "h3:has-text('Done')";
    // Results become final every few seconds here, and each makes the proofs of the one before out of date.
    for (let tries = 0; tries < 10 && !(await page.isVisible(done)); tries++) {
      await page.click("text=Review the claim");
      await page.waitForSelector(`${REVIEW}, ${ALERT}`);
      if (!(await page.isVisible(REVIEW))) continue;
      expect(await page.textContent(".sentence")).toContain("costs nothing but the network fee");
      await shot(page, "wallet-claim");
      await page.click("text=Sign in wallet");
      await page.waitForSelector(`${done}, ${ALERT}`, { timeout: DEADLINE_MILLIS });
    }
    const paid = (await tokens()) - before;
    expect(paid).toBeGreaterThan(0n);
    const events = await reader.getContractEvents({ address: Claims!, abi: CLAIMED, eventName: "Claimed", args: { account: address }, fromBlock: "earliest" });
    expect(events.reduce((sum, each) => sum + (each.args.amount ?? 0n), 0n)).toBe(paid);
  });

  test("sees every page of the network as it is: readable, described, and nothing asked of anybody else", async () => {
    expect(wrong).toEqual([]);
    // The dark theme has the same elements, and its contrast is that of the made-up answers.
    const looks = LOOKS.filter(({ theme }) => THOROUGH || theme === "light");
    for (const [name, path, heading] of await pagesOf(explorer)) {
      await page.goto(explorer + path);
      await settled(page);
      if (name === "map") await page.waitForSelector("[data-ready]");
      const said = (await page.textContent("main")) ?? "";
      expect(await page.locator("h1").count(), `${path} has a heading; it says: ${said}`).toBeGreaterThan(0);
      expect(await page.textContent("h1"), path).toContain(heading);
      expect(said, path).not.toContain("could not be");
      await readable(page, `real-${name}`, looks);
    }
    expect(wrong).toEqual([]);
    expect(deviating).toEqual([]);
    await context.close();
  });

  /** A proposal of the bank's on which anybody with votes can vote, once votes last long enough for that. */
  async function proposed(): Promise<bigint> {
    const governor = GroundworkGovernor!;
    const settled = async (is: () => Promise<boolean>) => {
      while (!(await is())) await page.waitForTimeout(200);
    };
    const votes = async () => {
      const { timestamp } = await reader.getBlock();
      return reader.readContract({ address: governor, abi: GOVERNOR, functionName: "getVotes", args: [bank.account.address, timestamp - 1n] });
    };
    await mined(await bank.writeContract({ address: GroundworkToken!, abi: TOKEN, functionName: "delegate", args: [bank.account.address], chain: null }));
    await settled(async () => (await votes()) > 0n);
    await settled(async () => (await reader.readContract({ address: governor, abi: PROPOSING, functionName: "votingPeriod" })) > 600n);
    const { blockNumber } = await mined(
      await bank.writeContract({
        address: governor,
        abi: PROPOSING,
        functionName: "propose",
        args: [
          [Council!],
          [0n],
          [encodeFunctionData({ abi: parseAbi(["function setBond(uint256 bond)"]), args: [parseEther("500")] })],
          "Raise the bond of disputes to 500 GRND\n\nDisputes that nobody means cost the council time.",
        ],
        chain: null,
      }),
    );
    const [event] = await reader.getContractEvents({ address: governor, abi: PROPOSING, eventName: "ProposalCreated", fromBlock: blockNumber, toBlock: blockNumber });
    const proposal = event!.args.proposalId!;
    const begins = await reader.readContract({ address: governor, abi: GOVERNOR, functionName: "proposalSnapshot", args: [proposal] });
    await settled(async () => (await reader.getBlock()).timestamp > begins && Date.now() / 1000 > Number(begins) + 1);
    return proposal;
  }
});
