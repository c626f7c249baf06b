// Writes the pages of pages.txt and checks each in Chromium: check.mjs PROGRAM REPOSITORY [NAME...], called by "run".
import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, rmSync } from "node:fs";
import path from "node:path";
import { check, checkAccessible, checkQuiet, checkWidth, faults, finish, launch, open } from "./page.mjs";

const [program, root, ...wanted] = process.argv.slice(2);
const out = path.join(root, "build/browser/pages");
mkdirSync(out, { recursive: true });

// The only elements that a page may have: whatever else is there came out of the input.
const elements = new Set(
    ("html head meta title style body main script h1 h2 h3 h4 h5 p ul ol li dl dt dd a b em strong code span div table caption " +
        "thead tbody tr th td details summary section nav header footer figure figcaption button label input output pre hr br " +
        "svg g path line rect circle text tspan desc defs marker polyline polygon").split(" "));

const listedPages = () =>
    readFileSync(path.join(root, "tests/browser/pages.txt"), "utf8")
        .split("\n")
        .filter((line) => line !== "" && !line.startsWith("#"))
        .map((line) => line.trim().split(/\s+/))
        .map(([name, status, ...words]) => ({ name, status: Number(status), words }))
        .filter(({ name }) => wanted.length === 0 || wanted.includes(name));

const write = ({ name, status, words }) => {
    const isPlan = words.at(-1) === "--out";
    const folder = path.join(out, name);
    const file = isPlan ? path.join(folder, "review.html") : path.join(out, `${name}.html`);
    if (isPlan) rmSync(folder, { recursive: true, force: true });
    const run = spawnSync(program, [...words, ...(isPlan ? [folder] : ["-o", file])], { cwd: path.join(root, "testdata"), encoding: "utf8" });
    check(name, `the command ends with ${status}`, run.status === status, `${run.status} ${run.stderr}`);
    return file;
};

const checkInert = async (name, page) => {
    const found = await page.evaluate(() =>
        [...document.querySelectorAll("*")].map((element) => ({
            tag: element.localName,
            attributes: element.getAttributeNames(),
            link: element.getAttribute("href") ?? "#",
        })));
    const foreign = found.filter(({ tag }) => !elements.has(tag)).map(({ tag }) => tag);
    check(name, "has no element out of the input", foreign.length === 0, foreign.join(" "));
    const handlers = found.flatMap(({ attributes }) => attributes.filter((each) => /^on|^style$|^src$/.test(each)));
    check(name, "has no event, style or source attribute", handlers.length === 0, handlers.join(" "));
    const links = found.map(({ link }) => link).filter((link) => !link.startsWith("#"));
    check(name, "has no link that leaves the page", links.length === 0, links.join(" "));
    const counts = ["script", "style"].map((tag) => found.filter((each) => each.tag === tag).length);
    check(name, "has one style and one script", counts.every((count) => count === 1), counts.join(" "));
    const hidden = await page.evaluate(() =>
        document.documentElement.textContent.match(/[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/gu));
    check(name, "has no mark that turns text round", hidden === null);
};

const checkWithoutScripts = async (browser, file, name, text) => {
    const { context, page, seen } = await open(browser, file, { javaScriptEnabled: false });
    checkQuiet(`${name} without scripts`, file, seen);
    const plain = (await page.locator("main").textContent()).replace(/\s+/g, " ");
    check(name, "reads the same without scripts", plain === text);
    check(name, "has no dead buttons without scripts", (await page.locator("button, input").count()) === 0);
    await context.close();
};

// What opens on demand has to hold to the same as what stands there.
const openFolds = (page) => page.evaluate(() => document.querySelectorAll("details").forEach((each) => { each.open = true; }));

const checkFolds = async (name, page) => {
    for (const fold of await page.locator("details").all()) {
        const summary = fold.locator("> summary");
        await summary.focus();
        await page.keyboard.press("Enter");
        check(name, "opens a fold by keyboard", await fold.evaluate((each) => each.open), await summary.textContent());
    }
};

// Nothing is too small to be read, no heading and no table is empty.
const checkReadable = async (name, page) => {
    const small = await page.evaluate(() => [...document.querySelectorAll("main *, footer *")].filter((each) =>
        each.checkVisibility() && [...each.childNodes].some((one) => one.nodeType === 3 && one.textContent.trim() !== "") &&
        parseFloat(getComputedStyle(each).fontSize) < 12).map((each) => each.textContent.trim().slice(0, 40)));
    check(name, "has no text below 12 px", small.length === 0, small.slice(0, 3).join(" | "));
    const empty = await page.evaluate(() => [...document.querySelectorAll("h1, h2, h3, h4, tbody, ul, ol, dl, summary, caption")]
        .filter((each) => each.textContent.trim() === "").map((each) => each.outerHTML.slice(0, 80)));
    check(name, "has no empty heading, list or table", empty.length === 0, empty.slice(0, 3).join(" | "));
    check(name, "has one heading of its own", (await page.locator("h1").count()) === 1);
    check(name, "says what it comes to", (await page.locator(".verdict .badge, .verdict .sentence").count()) > 0);
};

// On paper nothing hangs out of an A4 page, and there are lines to sign.
const checkPaper = async (name, page) => {
    await page.emulateMedia({ media: "print", colorScheme: "light" });
    await page.setViewportSize({ width: 680, height: 1000 }); // A4 without its margins
    const widest = await page.evaluate(() => document.documentElement.scrollWidth);
    check(name, "fits on paper", widest <= 680, `${widest}`);
    check(name, "can be signed on paper", await page.locator(".signatures").isVisible());
    await page.pdf({ path: path.join(out, `${name}.pdf`), format: "A4" });
    await page.emulateMedia({ media: null, colorScheme: null });
};

// The first column that is not in order already, or the first.
const checkSorting = async (name, page) => {
    const tables = await page.locator("table.sortable").all();
    for (const table of tables) {
        const column = () => table.locator("tbody tr td:first-child, tbody tr th:first-child").allTextContents();
        const button = table.locator("thead th button").first();
        await button.focus();
        const outline = await button.evaluate((element) => getComputedStyle(element).outlineStyle);
        check(name, "shows where the keyboard is", outline !== "none", outline);
        const before = (await column()).sort();
        await page.keyboard.press("Enter");
        const up = await column();
        await page.keyboard.press("Enter");
        const down = await column();
        const collator = new Intl.Collator("en", { numeric: true, sensitivity: "base" });
        const inOrder = (texts) => texts.every((text, i) => i === 0 || collator.compare(texts[i - 1].trim(), text.trim()) <= 0);
        check(name, "sorts up", inOrder(up), up.join(","));
        check(name, "sorts down", inOrder([...down].reverse()), down.join(","));
        check(name, "loses no row by sorting", JSON.stringify([...down].sort()) === JSON.stringify(before));
        check(name, "says how it is sorted", (await table.locator('th[aria-sort="descending"]').count()) === 1);
    }
    return tables.length;
};

const checkFiltering = async (name, page) => {
    const fields = await page.locator(".filter input").all();
    const tables = [];
    for (const table of await page.locator("table.filterable").all())
        if ((await table.locator("tbody tr").count()) >= 8) tables.push(table);
    check(name, "has a filter for each long table", fields.length === tables.length, `${fields.length} ${tables.length}`);
    for (const [index, table] of tables.entries()) {
        const rows = await table.locator("tbody tr").count();
        const first = (await table.locator("tbody tr").first().textContent()).trim();
        await fields[index].fill(first.split(/\s+/).slice(0, 3).join(" "));
        const kept = await table.locator("tbody tr:visible").count();
        check(name, "keeps rows with the words", kept >= 1 && kept <= rows, `${kept}`);
        await fields[index].fill("no such words anywhere");
        check(name, "hides rows without the words", (await table.locator("tbody tr:visible").count()) === 0);
        await fields[index].fill("");
        check(name, "shows all rows again", (await table.locator("tbody tr:visible").count()) === rows);
    }
};

// On the page of a descriptor: pointing at a part of the text, or reaching it by keyboard, lights what says the same in the
// table and in the octets, and nothing else.
const checkPointing = async (name, page) => {
    const lit = () => page.evaluate(() =>
        [...document.querySelectorAll(".lit")].map((each) => `${each.localName} ${each.dataset.part}`));
    for (const part of await page.locator(".sddl span[data-part]").all()) {
        const wanted = await part.getAttribute("data-part");
        if (!/-(type|rights|trustee)$|^owner$/.test(wanted)) continue;
        const holds = (found) => ["span", "tr"].every((tag) => found.some((each) => each === `${tag} ${wanted}` ||
            each.startsWith(`${tag} ${wanted}-`))) && found.every((each) => each.includes(wanted));
        await part.hover();
        const pointed = await lit();
        check(name, `pointing at ${wanted} lights the text and the octets`, holds(pointed), pointed.join(", "));
        await page.locator("h1").hover();
        check(name, `pointing elsewhere lights nothing`, (await lit()).length === 0);
        await part.focus();
        const reached = await lit();
        check(name, `reaching ${wanted} by keyboard lights the same`, reached.join() === pointed.join(), reached.join(", "));
        await part.evaluate((element) => element.blur());
        check(name, `leaving ${wanted} lights nothing`, (await lit()).length === 0);
    }
};

const checkPage = async (browser, listed) => {
    const file = write(listed);
    const { name } = listed;
    if (faults.length > 0 && faults.at(-1).startsWith(`${name}: the command`)) return;
    for (const colorScheme of ["light", "dark"]) {
        const { context, page, seen } = await open(browser, file, { colorScheme });
        const as = `${name} ${colorScheme}`;
        await checkInert(as, page);
        await checkAccessible(as, page);
        for (const width of [1280, 390]) await checkWidth(as, page, width, out);
        await checkAccessible(`${as} narrow`, page);
        await checkReadable(as, page);
        await openFolds(page);
        for (const width of [1280, 390]) await checkWidth(`${as} open`, page, width, out);
        await checkAccessible(`${as} open`, page);
        await checkReadable(`${as} open`, page);
        checkQuiet(as, file, seen);
        await context.close();
    }
    const { context, page, seen } = await open(browser, file, {});
    await checkFolds(name, page);
    await checkSorting(name, page);
    await checkFiltering(name, page);
    await checkPointing(name, page);
    await checkPaper(name, page);
    checkQuiet(`${name} in use`, file, seen);
    await context.close();
    // What scripts add is left out: the content is what counts.
    const reread = await open(browser, file, {});
    const text = await reread.page.evaluate(() => {
        document.querySelectorAll(".filter").forEach((box) => box.remove());
        return document.querySelector("main").textContent.replace(/\s+/g, " ");
    });
    await reread.context.close();
    await checkWithoutScripts(browser, file, name, text);
};

const pages = listedPages();
const browser = await launch();
try {
    for (const each of pages) await checkPage(browser, each);
} finally {
    await browser.close();
}
console.log(`${pages.length} pages`);
finish(pages.length > 0);
