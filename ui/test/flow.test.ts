import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { createPublicClient, createWalletClient, type Hex, http, parseAbi, parseEther } from "viem";
import { generatePrivateKey, privateKeyToAccount } from "viem/accounts";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { CREDITS, SENTENCES, TOKEN } from "../src/wallet/abi";
import { browser, LOOKS, open } from "./fixture/browser";
import { claimsOf } from "./fixture/claims";
import { dist } from "./fixture/dist";
import { deploymentOf, keyOf, wallet } from "./fixture/network";
import { madeUp, serve } from "./fixture/server";

/**
 * The wallet page against a real chain with the real contracts: GROUNDWORK_NETWORK names the folder of a network that
 * runs (`groundwork up --dir FOLDER`), GROUNDWORK_EXPLORER its explorer. Without an explorer the deployment and the
 * proofs are read from the folder and from a verifier's public files.
 */

const FOLDER = process.env["GROUNDWORK_NETWORK"];
const EXPLORER = process.env["GROUNDWORK_EXPLORER"];
const SHOTS = process.env["GROUNDWORK_SHOTS"];
const REGISTRY = parseAbi(["function deviceCount() view returns (uint64)", "function ownerOf(uint256) view returns (address)"]);
const DEVICE = `{"groundwork":{"type":"device-ed25519","public":"0x1398f62c6d1a457c51ba6a4b5f3dbd2f69fca93216218dc8997e416bd17d93ca"}}`;
const REVIEW = ".review h3";
const DEADLINE_MILLIS = 90_000;

/** The first account that every local chain funds; everybody knows its key. */
const TREASURY = "0xac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80";

describe.skipIf(!FOLDER)("the wallet page", () => {
  const folder = FOLDER ?? "";
  let ports: Record<string, number>;
  let rpc: string;
  let chromium: Browser;
  let server: { url: string; close: () => void };
  const reader = () => createPublicClient({ transport: http(rpc) });
  const contracts = () => deploymentOf(folder).contracts as Record<string, Hex>;

  beforeAll(async () => {
    ports = JSON.parse(readFileSync(join(folder, "ports.json"), "utf8")) as Record<string, number>;
    rpc = `http://127.0.0.1:${ports["chain"]}`;
    server = EXPLORER
      ? { url: EXPLORER, close: () => undefined }
      : await serve(dist(), (path, query) => {
          if (path === "deployment") return deploymentOf(folder);
          const account = /^accounts\/(0x[0-9a-f]{40})\/claims$/.exec(path)?.[1];
          return account ? claimsOf(deploymentOf(folder), rpc, `http://127.0.0.1:${ports["verifier-1"]}`, account) : madeUp(path, query);
        });
    chromium = await browser();
  });

  afterAll(async () => {
    await chromium?.close();
    server?.close();
  });

  /** Opens the wallet page with an injected wallet that holds a key. */
  async function withWallet(key: Hex, does: (page: Page, asked: string[]) => Promise<void>) {
    const injected = wallet(rpc, key);
    const { context, page, wrong } = await open(chromium, LOOKS[0]!, server.url);
    try {
      await page.exposeFunction("walletRequest", async (method: string, params: unknown[]) => {
        try {
          return { result: await injected.request(method, params) };
        } catch (e) {
          return { error: { message: String((e as Error).message), data: dataOf(e) } };
        }
      });
      await page.addInitScript(() => {
        type Answer = { result?: unknown; error?: { message: string; data?: string } };
        const ask = (window as unknown as { walletRequest: (method: string, params: unknown[]) => Promise<Answer> }).walletRequest;
        const provider = {
          request: async (call: { method: string; params?: unknown[] }) => {
            const { result, error } = await ask(call.method, call.params ?? []);
            if (error) throw Object.assign(new Error(error.message), { data: error.data });
            return result;
          },
          on: () => undefined,
        };
        const announce = () =>
          window.dispatchEvent(new CustomEvent("eip6963:announceProvider", { detail: Object.freeze({ info: { uuid: "test", name: "Test wallet" }, provider }) }));
        window.addEventListener("eip6963:requestProvider", announce);
        announce();
      });
      await page.goto(`${server.url}/wallet`);
      await page.click("text=Connect Test wallet");
      await page.waitForSelector("text=Disconnect");
      await does(page, injected.asked);
      expect(wrong).toEqual([]);
    } finally {
      await context.close();
    }
  }

  async function sign(page: Page, name: string) {
    await page.waitForSelector(REVIEW);
    if (SHOTS) await page.screenshot({ path: `${SHOTS}/wallet-${name}.png`, fullPage: true });
    await page.click("text=Sign in wallet");
    await page.waitForSelector("h3:has-text('Done')", { timeout: DEADLINE_MILLIS });
  }

  test("takes an empty account to credits, a reservation and a registered device", { timeout: 2 * DEADLINE_MILLIS }, async () => {
    const key = generatePrivateKey();
    const { address } = privateKeyToAccount(key);
    const { GroundworkToken, Credits, DeviceRegistry } = contracts();
    const treasury = createWalletClient({ account: privateKeyToAccount(TREASURY), transport: http(rpc) });
    await withWallet(key, async (page, asked) => {
      await page.click("nav >> text=Buy credits");
      await page.fill("#tokens", "50");
      await page.click("text=Review the purchase");
      await page.waitForSelector("text=The account holds fewer tokens than that.");
      expect(asked).not.toContain("eth_sendTransaction");

      await treasury.sendTransaction({ to: address, value: parseEther("1"), chain: null });
      const given = await treasury.writeContract({
        address: GroundworkToken!,
        abi: parseAbi(["function transfer(address to, uint256 value) returns (bool)"]),
        functionName: "transfer",
        args: [address, parseEther("100")],
        chain: null,
      });
      await reader().waitForTransactionReceipt({ hash: given });
      await page.reload();
      await page.click("text=Connect Test wallet");
      await page.waitForSelector("dd:has-text('100')");
      await page.fill("#tokens", "50");
      await page.click("text=Review the purchase");
      await page.waitForSelector(REVIEW);
      expect(await page.textContent(".sentence")).toContain("Burned tokens do not come back");
      expect(await page.textContent(".review")).toContain("Your wallet asks 2 times.");
      await sign(page, "buy");
      expect(await reader().readContract({ address: GroundworkToken!, abi: TOKEN, functionName: "balanceOf", args: [address] })).toBe(parseEther("50"));
      const [bought] = await reader().readContract({ address: Credits!, abi: CREDITS, functionName: "account", args: [address] });
      expect(bought).toBeGreaterThan(parseEther("10"));

      await page.click("nav >> text=Reserve credits");
      await page.fill("#seller", privateKeyToAccount(TREASURY).address);
      await page.fill("#dollars", "1000000");
      await page.click("text=Review the reservation");
      expect(await page.textContent("form [role=alert]")).toBe(SENTENCES["InsufficientCredits"]);
      await page.fill("#dollars", "5");
      await page.click("text=Review the reservation");
      await sign(page, "reserve");
      const [left] = await reader().readContract({ address: Credits!, abi: CREDITS, functionName: "account", args: [address] });
      expect(bought - left).toBe(parseEther("5"));

      const before = await reader().readContract({ address: DeviceRegistry!, abi: REGISTRY, functionName: "deviceCount" });
      await page.click("nav >> text=Register a device");
      await page.fill("#key", DEVICE);
      await page.click("text=Review the registration");
      await sign(page, "register");
      const number = before + 1n;
      await page.waitForSelector(`text=device ${number}`);
      expect(await reader().readContract({ address: DeviceRegistry!, abi: REGISTRY, functionName: "ownerOf", args: [number] })).toBe(address);
    });
  });

  test("claims what an account earned, to the last unit, with proofs checked against the chain", { timeout: 2 * DEADLINE_MILLIS }, async () => {
    const key = keyOf(folder, "verifier-1");
    const { address } = privateKeyToAccount(key);
    const { GroundworkToken, Claims } = contracts();
    const tokens = () => reader().readContract({ address: GroundworkToken!, abi: TOKEN, functionName: "balanceOf", args: [address] });
    await withWallet(key, async (page) => {
      await page.click("nav >> text=Claim rewards");
      const until = Date.now() + DEADLINE_MILLIS / 2;
      while ((await page.isDisabled("text=Review the claim")) && Date.now() < until) {
        await page.waitForTimeout(500);
        await page.click("nav >> text=Vote");
        await page.click("nav >> text=Claim rewards");
        await page.waitForSelector("text=Review the claim");
      }
      const before = await tokens();
      for (let tries = 0; tries < 5 && !(await page.isVisible(REVIEW)); tries++) {
        await page.click("text=Review the claim");
        await page.waitForSelector(`${REVIEW}, [role=alert]`);
      }
      expect(await page.textContent(".sentence")).toContain("costs nothing but the network fee");
      await sign(page, "claim");
      const paid = (await tokens()) - before;
      expect(paid).toBeGreaterThan(0n);
      const [event] = await reader().getContractEvents({
        address: Claims!,
        abi: parseAbi(["event Claimed(uint8 kind, address indexed account, uint32 indexed network, uint256 amount, uint256 claimed)"]),
        eventName: "Claimed",
        args: { account: address },
        fromBlock: "earliest",
      });
      expect(event?.args.account).toBe(address);
    });
  });
});

/** What a revert returned, out of viem's chain of causes. */
function dataOf(error: unknown): string | undefined {
  let at: unknown = error;
  for (let depth = 0; depth < 8 && typeof at === "object" && at !== null; depth++) {
    const { data, cause } = at as { data?: unknown; cause?: unknown };
    if (typeof data === "string" && data.startsWith("0x")) return data;
    at = cause;
  }
  return undefined;
}
