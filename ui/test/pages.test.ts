import { mkdirSync, readFileSync } from "node:fs";
import type { AxeResults } from "axe-core";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { CUSTOMER, deployment, networks, proposals } from "./fixture/answers";
import { browser, type Look, LOOKS, open } from "./fixture/browser";
import { dist, ours } from "./fixture/dist";
import { type Api, madeUp, serve } from "./fixture/server";
import { account } from "./fixture/values";

/** The built page in a real browser, under the content security policy of the explorer. */

const FULL = process.env["GROUNDWORK_FULL"] !== undefined;
const SHOTS = process.env["GROUNDWORK_SHOTS"];
const AXE = readFileSync(ours("node_modules/axe-core/axe.min.js"), "utf8");
const PAGES: [string, string, string][] = [
  ["overview", "/", "Groundwork"],
  ["networks", "/networks", "Networks"],
  ["network", "/networks/2", "Air quality"],
  ["map", "/map", "Map"],
  ["devices", "/devices", "Devices"],
  ["device", "/devices/6", "Device 6"],
  ["why", "/devices/6/epochs/341", "Device 6 in epoch 341"],
  ["account", `/accounts/${account("owner 1")}`, "Account"],
  ["customer", `/accounts/${CUSTOMER}`, "Account"],
  ["epochs", "/epochs", "Epochs"],
  ["epoch", "/epochs/340", "Epoch 340"],
  ["payments", "/payments", "Payments"],
  ["governance", "/governance", "Governance"],
  ["proposal", `/governance/${proposals[0]!.proposal}`, "Raise the bond of disputes to 500 GRND"],
  ["health", "/health", "Attacks and health"],
  ["wallet", "/wallet", "Wallet"],
  ["missing", "/nothing", "There is no such page"],
];

let chromium: Browser;
let server: { url: string; close: () => void };
let api: Api = madeUp;

beforeAll(async () => {
  server = await serve(dist(), (path, query) => api(path, query));
  chromium = await browser();
});

afterAll(async () => {
  await chromium?.close();
  server?.close();
});

/**
 * What axe calls serious or critical, as rule and element: all rules in the light theme, contrast in the dark one. With
 * GROUNDWORK_FULL set all rules in every look.
 */
async function serious(page: Page, look: Look): Promise<string[]> {
  if (!FULL && look.name === "phone") return [];
  const only = FULL || look.name === "light" ? "" : ", runOnly: ['color-contrast']";
  const found = (await page.evaluate(`axe.run({ resultTypes: ['violations']${only} })`)) as AxeResults;
  return found.violations
    .filter((each) => each.impact === "serious" || each.impact === "critical")
    .flatMap((each) => each.nodes.map((node) => `${each.id}: ${node.html.slice(0, 160)}`));
}

async function settled(page: Page) {
  await page.waitForFunction(() => document.querySelector("main h1") !== null && document.querySelector("main .waiting") === null);
}

test.each(PAGES)("%s is readable in both themes and at phone width, and asks nobody else", async (name, path, title) => {
  const { context, page, wrong } = await open(chromium, LOOKS[0]!, server.url);
  try {
    await page.goto(server.url + path);
    await settled(page);
    if (name === "map") await page.waitForSelector("[data-ready]");
    expect(await page.textContent("h1")).toBe(title);
    expect(await page.title()).toBe(`${title} · Groundwork`);
    await page.evaluate(AXE);
    for (const look of LOOKS) {
      await page.emulateMedia({ colorScheme: look.theme });
      await page.setViewportSize({ width: look.width, height: look.height });
      await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve, 60))));
      expect(await serious(page, look), look.name).toEqual([]);
      const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
      expect(wide, `${look.name} scrolls sideways`).toBeLessThanOrEqual(0);
      if (SHOTS) {
        mkdirSync(SHOTS, { recursive: true });
        await page.screenshot({ path: `${SHOTS}/${name}-${look.name}.png`, fullPage: true });
      }
    }
    expect(wrong).toEqual([]);
  } finally {
    await context.close();
  }
});

describe("a page", () => {
  const visit = async (path: string, does: (page: Page) => Promise<void>, look = LOOKS[0]!) => {
    const { context, page } = await open(chromium, look, server.url);
    try {
      await page.goto(server.url + path);
      await page.waitForSelector("main h1, main .message");
      await does(page);
    } finally {
      api = madeUp;
      await context.close();
    }
  };

  test("says so when the server is away, keeps what it has, and goes on when it is back", async () => {
    await visit("/", async (page) => {
      await page.waitForSelector("text=Newest epochs");
      api = () => Promise.reject(new Error("away"));
      await page.click("nav >> text=Health");
      await page.waitForSelector("main [role=alert]");
      expect(await page.textContent("main [role=alert]")).toContain("asks again by itself");
      api = madeUp;
      await page.click("text=Try again");
      await page.waitForSelector("text=Stakes slashed");
    });
  });

  test("says what would put something there when there is nothing", async () => {
    api = (path, query) => {
      const answer = madeUp(path, query);
      return path === "devices" ? { ...(answer as object), items: [], next: undefined } : answer;
    };
    await visit("/devices", async (page) => {
      await page.waitForSelector("text=No device is registered yet.");
      expect(await page.textContent("main")).toContain("groundwork device register");
    });
  });

  test("of a deployment before its first epoch says what is to come", async () => {
    api = (path, query) => {
      const answer = madeUp(path, query) as Record<string, unknown>;
      const index = { ...deployment.index, block: undefined, time: undefined, epoch: undefined };
      if (path === "deployment") return { ...answer, index, source: {} };
      if (path === "overview") return { ...answer, now: {}, series: [], latest: undefined, final: undefined, networks: networks.map((row) => ({ ...row, now: {} })), source: {} };
      if (path === "networks/2") return { ...answer, now: {}, series: [], states: undefined, quantiles: [], topPayers: [], cohorts: [], source: {} };
      if (path === "governance") return { ...answer, council: { members: [] }, proposals: [], disputes: [], source: {} };
      if (path === "health") return { ...answer, signs: [], reasons: [], incidents: [], index, source: {} };
      return path === "epochs" ? { items: [], source: {} } : answer;
    };
    await visit("/", async (page) => {
      await page.waitForSelector("text=No epoch has a result yet.");
      await page.waitForSelector("text=Nothing needs attention.");
      await page.click("main >> text=Air quality");
      await page.waitForSelector("text=No epoch has judged it yet.");
      await page.click("nav >> text=Governance");
      await page.waitForSelector("text=No council is elected.");
      await page.click("nav >> text=Health");
      await page.waitForSelector("text=No report was judged in the newest epoch.");
      expect(await page.textContent("main")).not.toContain("This page could not be shown");
    });
  });

  test("of a device that does not exist says so", async () => {
    await visit("/devices/999999", async (page) => {
      await page.waitForSelector("text=No device 999999 is registered on this deployment.");
    });
  });

  test("is found by keyboard alone: skip link, search, chart", async () => {
    await visit("/", async (page) => {
      await page.waitForSelector("text=Newest epochs");
      await page.keyboard.press("Tab");
      expect(await page.evaluate(() => document.activeElement?.textContent)).toBe("Skip to the page");
      await page.focus("svg.plot");
      await page.keyboard.press("Home");
      expect(await page.textContent(".chart [aria-live]")).toContain("Epoch 292");
      await page.focus("[role=combobox]");
      await page.keyboard.type("6");
      await page.waitForSelector("[role=option]");
      await page.keyboard.press("Enter");
      await page.waitForSelector("h1:has-text('Device 6')");
      expect(await page.evaluate(() => document.activeElement?.id)).toBe("main");
    });
  });

  test("keeps the chosen theme", async () => {
    await visit("/", async (page) => {
      await page.check("text=Dark");
      await page.reload();
      await page.waitForSelector("h1");
      expect(await page.evaluate(() => getComputedStyle(document.body).backgroundColor)).toBe("rgb(19, 21, 18)");
    });
  });

  test("on a phone opens the menu, and closes it after a choice", async () => {
    await visit(
      "/",
      async (page) => {
        expect(await page.isVisible("nav >> text=Payments")).toBe(false);
        await page.click("text=Menu");
        await page.click("nav >> text=Payments");
        await page.waitForSelector("h1:has-text('Payments')");
        expect(await page.isVisible("nav >> text=Governance")).toBe(false);
      },
      LOOKS[2]!,
    );
  });

  test("shows times in the reader's zone and the whole amount on request", async () => {
    await visit("/devices/6", async (page) => {
      await page.waitForSelector("table time");
      const [shown, machine] = await page.$eval("table time", (time) => [time.textContent, time.getAttribute("datetime")]);
      const there = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", year: "numeric", hour: "2-digit", minute: "2-digit", timeZone: "Europe/Berlin" });
      expect(shown).toBe(there.format(new Date(machine!)));
      expect(await page.getAttribute("tr:nth-child(2) .amount[title$=GRND]", "title")).toMatch(/^0\.\d{6,18} GRND$/);
    });
  });

  test("of a cell that somebody picks on the map shows its devices", async () => {
    await visit("/map", async (page) => {
      await page.waitForSelector("main table a");
      await page.selectOption("#metric", "paid");
      await page.click("main table a");
      await page.waitForSelector("h1:has-text('Devices')");
      expect(page.url()).toContain("/devices?cell=");
    });
  });
});
