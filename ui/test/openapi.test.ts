import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { madeUp } from "./fixture/server";
import { proposals } from "./fixture/answers";

/** The made-up answers, and with them the types that the pages read, agree with the API's description. */

interface Schema {
  $ref?: string;
  type?: string | string[];
  allOf?: Schema[];
  properties?: Record<string, Schema>;
  additionalProperties?: Schema;
  items?: Schema;
  enum?: unknown[];
  pattern?: string;
}

const api = parse(readFileSync(new URL("../../node/src/main/resources/explorer/openapi.yaml", import.meta.url), "utf8")) as {
  components: { schemas: Record<string, Schema> };
};

function resolved(schema: Schema): Schema {
  const name = schema.$ref?.split("/").at(-1);
  const found = name === undefined ? schema : api.components.schemas[name];
  if (!found) throw new Error(`no schema ${name}`);
  if (!found.allOf) return found;
  const parts = found.allOf.map(resolved);
  return { type: "object", properties: Object.assign({}, ...parts.map((part) => part.properties ?? {})) as Record<string, Schema> };
}

function check(value: unknown, schema: Schema, at: string, wrong: string[]) {
  const of = resolved(schema);
  const types = of.type === undefined ? [] : [of.type].flat();
  const type = value === null ? "null" : Array.isArray(value) ? "array" : Number.isInteger(value) ? "integer" : typeof value;
  if (types.length > 0 && !types.includes(type)) wrong.push(`${at} is ${type}, not ${types.join(" or ")}`);
  if (of.enum && value !== null && !of.enum.includes(value)) wrong.push(`${at} is ${String(value)}`);
  if (of.pattern && typeof value === "string" && !new RegExp(of.pattern).test(value)) wrong.push(`${at} is ${value}`);
  if (Array.isArray(value) && of.items) value.slice(0, 3).forEach((each, i) => check(each, of.items!, `${at}[${i}]`, wrong));
  if (type === "object" && of.properties) {
    for (const [name, inner] of Object.entries(value as object)) {
      const known = of.properties[name];
      if (known) check(inner, known, `${at}.${name}`, wrong);
      else if (!of.additionalProperties) wrong.push(`${at}.${name} is not described`);
    }
    for (const name of Object.keys(of.properties)) {
      if (!(name in (value as object)) && !OPTIONAL.has(name)) wrong.push(`${at}.${name} is described and not made up`);
    }
  }
}

/** What an answer may lack. */
const OPTIONAL = new Set(["next", "finalTime", "votes", "epoch", "resultHash", "moneyRoot", "carryRoot", "files", "source"]);

test.each([
  ["deployment", "Deployment"],
  ["overview", "Overview"],
  ["networks", "NetworkPage"],
  ["networks/2", "Network"],
  ["epochs", "EpochPage"],
  ["epochs/340", "Epoch"],
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
  const wrong: string[] = [];
  const [name = "", query] = path.split("?");
  check(madeUp(name, new URLSearchParams(query)), { $ref: `#/components/schemas/${schema}` }, schema, wrong);
  expect(wrong).toEqual([]);
});
