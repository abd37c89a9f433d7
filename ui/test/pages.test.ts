import { cellToParent, getResolution, gridDisk, latLngToCell } from "h3-js";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { CUSTOMER, deployment, networks, proposals, SKIPPED, WITHOUT_FILES } from "./fixture/answers";
import { browser, LOOKS, open } from "./fixture/browser";
import { dist } from "./fixture/dist";
import { readable, settled } from "./fixture/look";
import { type Api, madeUp, serve } from "./fixture/server";
import { account } from "./fixture/values";

/** The built page in a real browser, under the content security policy of the explorer. */

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
  ["skipped", `/epochs/${SKIPPED}`, `Epoch ${SKIPPED}`],
  ["no-files", `/epochs/${WITHOUT_FILES}`, `Epoch ${WITHOUT_FILES}`],
  ["payments", "/payments", "Payments"],
  ["governance", "/governance", "Governance"],
  ["proposal", `/governance/${proposals[0]!.proposal}`, "Raise the bond of disputes to 500 GRND"],
  ["health", "/health", "Attacks and health"],
  ["wallet", "/wallet", "Wallet"],
  ["missing", "/nothing", "There is no such page"],
];

/** A picture of one pixel. */
const DOT = Buffer.from("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==", "base64");

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

test.each(PAGES)("%s is readable in both themes and at phone width, and asks nobody else", async (name, path, title) => {
  const { context, page, wrong } = await open(chromium, LOOKS[0]!, server.url);
  try {
    await page.goto(server.url + path);
    await settled(page);
    if (name === "map") await page.waitForSelector("[data-ready]");
    expect(await page.textContent("h1")).toBe(title);
    expect(await page.title()).toBe(`${title} · Groundwork`);
    await readable(page, name);
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

  test("of what does not exist, or cannot, says so", async () => {
    await visit("/devices/999999", async (page) => {
      await page.waitForSelector("text=No device 999999 is registered on this deployment.");
      await page.goto(`${server.url}/epochs/soon`);
      await page.waitForSelector("text=This epoch has no result.");
    });
  });

  test("says on every page that the index is behind, or what holds it up", async () => {
    const index = (of: object) => (api = (path, query) => (path === "deployment" ? { ...deployment, index: { ...deployment.index, ...of } } : madeUp(path, query)));
    index({ behindEpochs: 7 });
    await visit("/health", async (page) => {
      await page.waitForSelector(`.banner >> text=The index is 7 epochs behind the chain; numbers are those of epoch ${deployment.index.epoch}.`);
      index({ trouble: "Nobody who answered has the files of epoch 12." });
      await page.reload();
      await page.waitForSelector(".banner >> text=Nobody who answered has the files of epoch 12.");
    });
  });

  test("reads a device's key off a photo where the browser can, and says when there is none on it", async () => {
    const line = `{"groundwork":{"type":"device-ed25519","public":"0x${"ab".repeat(32)}"}}`;
    const { context, page } = await open(chromium, LOOKS[0]!, server.url);
    try {
      // Chromium reads codes on Android, ChromeOS and macOS; here stands what it offers there.
      await page.addInitScript((found) => {
        const codes = [[], [{ rawValue: found }]];
        const answers: Record<string, unknown> = { eth_requestAccounts: [`0x${"11".repeat(20)}`], eth_chainId: "0x7a69" };
        Object.assign(window, {
          BarcodeDetector: class {
            detect = (image: ImageBitmap) => Promise.resolve(image.width === 1 ? codes.shift() : []);
          },
          ethereum: { request: ({ method }: { method: string }) => Promise.resolve(answers[method] ?? "0x") },
        });
      }, line);
      await page.goto(`${server.url}/wallet?do=register`);
      await page.click("text=Connect Browser wallet");
      const photo = (buffer: Buffer) => page.setInputFiles("input[type=file]", { name: "photo.png", mimeType: "image/png", buffer });
      await photo(Buffer.from("no picture"));
      await page.waitForSelector("text=This picture cannot be read.");
      await photo(DOT);
      await page.waitForSelector("text=No QR code is on this picture.");
      await photo(DOT);
      await page.waitForFunction((wanted) => document.querySelector<HTMLTextAreaElement>("#key")?.value === wanted, line);
      expect(await page.textContent("main")).toContain("Ed25519, 0xabababab…abab");
    } finally {
      await context.close();
    }
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

  test("with a map goes to where the stations are, and shows them however near one comes", async () => {
    const stations = gridDisk(latLngToCell(48.58, 7.75, 7), 2);
    const refused: string[] = [];
    api = (path, query) => {
      if (path !== "cells") return madeUp(path, query);
      const resolution = Number(query.get("resolution"));
      const within = query.get("within");
      // As CellViews answers.
      if (within === null ? resolution > 3 : resolution - getResolution(within) > 4 || (resolution > 5 && getResolution(within) < 4)) {
        refused.push(query.toString());
        return undefined;
      }
      const shown = resolution > 7 ? [] : [...new Set(stations.map((cell) => cellToParent(cell, resolution)))];
      const items = shown.filter((cell) => within === null || cellToParent(cell, getResolution(within)) === within);
      return { resolution, items: items.map((cell) => ({ cell: `0${cell}`, registered: 11, proven: 10, paid: 4 })), without: 0, source: deployment.source };
    };
    await visit("/map", async (page) => {
      await page.waitForFunction(() => document.querySelectorAll("main table a").length === 19);
      await readable(page, "map-stations");
      for (let i = 0; i < 3; i++) await page.click("[aria-label='Zoom in']");
      await page.waitForTimeout(500);
      expect(await page.locator("main table a").count()).toBeGreaterThan(0);
      expect(await page.isVisible("main [role=alert]")).toBe(false);
      expect(refused).toEqual([]);
    });
  });

  test("with a map goes to where the stations of the chosen network are", async () => {
    const places: Record<string, [number, number]> = { "1": [48.58, 7.75], "2": [-33.87, 151.2] };
    api = (path, query) => {
      if (path !== "cells") return madeUp(path, query);
      const resolution = Number(query.get("resolution"));
      const within = query.get("within");
      const chosen = Object.keys(places).filter((network) => (query.get("network") ?? network) === network);
      const stations = chosen.flatMap((network) => gridDisk(latLngToCell(...(places[network] as [number, number]), 7), 2));
      const shown = resolution > 7 ? [] : [...new Set(stations.map((cell) => cellToParent(cell, resolution)))];
      const items = shown.filter((cell) => within === null || cellToParent(cell, getResolution(within)) === within);
      return { resolution, items: items.map((cell) => ({ cell: `0${cell}`, registered: 11, proven: 10, paid: 4 })), without: 0, source: deployment.source };
    };
    await visit("/map", async (page) => {
      const around = async (latitude: string) => page.waitForFunction((text) => document.querySelectorAll("main table a").length === 19 && document.querySelector("main table")?.textContent?.includes(text), latitude);
      await page.waitForSelector("main table a");
      await page.selectOption("#map-network", "1");
      await around("48.");
      await page.selectOption("#map-network", "2");
      await around("33.");
      await page.selectOption("#map-network", "1");
      await around("48.");
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
