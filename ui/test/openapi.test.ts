import { expect, test } from "vitest";
import { proposals, SKIPPED, WITHOUT_FILES } from "./fixture/answers";
import { deviations } from "./fixture/described";
import { madeUp } from "./fixture/server";

/** The made-up answers, and with them the types that the pages read, agree with the API's description. */

test.each([
  ["deployment", "Deployment"],
  ["overview", "Overview"],
  ["networks", "NetworkPage"],
  ["networks/2", "Network"],
  ["epochs", "EpochPage"],
  ["epochs/340", "Epoch"],
  [`epochs/${SKIPPED}`, "Epoch"],
  [`epochs/${WITHOUT_FILES}`, "Epoch"],
  ["devices", "DevicePage"],
  ["devices/6", "Device"],
  ["devices/6/epochs", "DeviceEpochPage"],
  ["devices/6/epochs/341", "Why"],
  [`accounts/0x${"1".repeat(40)}`, "Account1"],
  [`accounts/0x${"1".repeat(40)}/claims`, "AccountClaims"],
  [`accounts/0x${"1".repeat(40)}/events`, "EventPage"],
  ["payments", "PaymentPage"],
  ["cells", "Cells"],
  ["governance", "Governance"],
  [`proposals/${proposals[0]!.proposal}`, "Proposal"],
  ["operators", "Operators"],
  ["health", "Health"],
  ["search?q=6", "Hits"],
])("%s is a %s", (path, schema) => {
  const [name = "", query] = path.split("?");
  const wrong = deviations(madeUp(name, new URLSearchParams(query)), { $ref: `#/components/schemas/${schema}` }, schema);
  expect(wrong).toEqual([]);
});
