import { expect, test } from "vitest";
import { browser, LOOKS, open } from "./fixture/browser";
import { settled } from "./fixture/look";
import { pagesOf } from "./fixture/real";

/**
 * How long each page takes until it shows what it asked for, in a new window with nothing kept: of the explorer that
 * GROUNDWORK_TIMED names. `groundwork bench api --open` leaves one open with as many devices as wanted.
 */

const EXPLORER = (process.env["GROUNDWORK_TIMED"] ?? "").replace(/\/$/, "");
const ROUNDS = 3;

test.skipIf(!EXPLORER)("each page's way to what it shows", { timeout: 600_000 }, async () => {
  const chromium = await browser();
  const pages = (await pagesOf(EXPLORER)).filter(([name]) => !/^(missing|no-|nobody)/.test(name));
  for (const [name, path] of pages) {
    const millis: number[] = [];
    let drawn = "";
    for (let round = 0; round < ROUNDS; round++) {
      const { context, page, wrong } = await open(chromium, LOOKS[0]!, EXPLORER);
      const start = performance.now();
      await page.goto(EXPLORER + path, { waitUntil: "commit" });
      await settled(page);
      millis.push(Math.round(performance.now() - start));
      if (name === "map") {
        await page.waitForSelector("[data-ready]");
        drawn += `, drawn ${Math.round(performance.now() - start)}`;
      }
      expect(wrong).toEqual([]);
      await context.close();
    }
    console.log(`${name}: ${millis.join(", ")} ms${drawn}`);
  }
  await chromium.close();
});
