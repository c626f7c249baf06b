// What the checks of pages share: the browser, the count of what passed, and what every page has to hold to.
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { chromium } from "playwright-core";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

let passed = 0;
export const faults = [];

export const check = (page, what, holds, found = "") => {
    if (holds) passed += 1;
    else faults.push(`${page}: ${what}${found === "" ? "" : `: ${found}`}`);
};

// A page with everything that it asks for or complains about written down.
export const open = async (browser, file, options) => {
    const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
    const page = await context.newPage();
    const seen = { requests: [], messages: [] };
    page.on("request", (request) => seen.requests.push(request.url()));
    page.on("console", (message) => seen.messages.push(message.text()));
    page.on("pageerror", (error) => seen.messages.push(String(error)));
    page.on("dialog", async (dialog) => {
        seen.messages.push(`dialog ${dialog.message()}`);
        await dialog.dismiss();
    });
    await page.goto(pathToFileURL(file).href);
    return { context, page, seen };
};

export const checkQuiet = (name, file, seen) => {
    check(name, "asks for nothing but itself",
        seen.requests.length === 1 && seen.requests[0] === pathToFileURL(file).href, seen.requests.join(" "));
    check(name, "has nothing to complain about", seen.messages.length === 0, seen.messages.join(" | "));
};

export const checkAccessible = async (name, page) => {
    await page.evaluate(axe);
    const found = await page.evaluate(() => window.axe.run(document, { resultTypes: ["violations"] }));
    const told = found.violations.map(({ id, nodes }) => `${id} (${nodes.length}): ${nodes[0].html.slice(0, 200)}`);
    check(name, "passes axe-core", told.length === 0, told.join(" | "));
};

export const checkWidth = async (name, page, width, out) => {
    await page.setViewportSize({ width, height: 900 });
    const widest = await page.evaluate(() => document.documentElement.scrollWidth);
    check(name, `fits into ${width} px`, widest <= width, `${widest}`);
    await page.screenshot({ path: path.join(out, `${name.replace(/ /g, "-")}-${width}.png`), fullPage: true });
};

export const launch = () =>
    chromium.launch({
        executablePath: execFileSync("sh", ["-c", "command -v chromium"], { encoding: "utf8" }).trim(),
        chromiumSandbox: false,
    });

// Prints the faults and the count, which tests/run reads, and ends.
export const finish = (hasRun) => {
    for (const fault of faults) console.log(fault);
    console.log(`${passed} passed, ${faults.length} failed`);
    process.exit(faults.length === 0 && hasRun ? 0 : 1);
};
