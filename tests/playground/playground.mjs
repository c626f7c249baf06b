// Tries the playground in Chromium: playground.mjs PROGRAM REPOSITORY, called by "run".
import { spawnSync } from "node:child_process";
import { mkdirSync, statSync, writeFileSync, readFileSync } from "node:fs";
import path from "node:path";
import { descriptor } from "./descriptors.mjs";
import { check, checkAccessible, checkQuiet, checkWidth, finish, launch, open } from "./page.mjs";

const [program, root] = process.argv.slice(2).map((each) => path.resolve(each));
const file = path.join(root, "build/playground/dsplan-playground.html");
const out = path.join(root, "build/browser/playground");
mkdirSync(out, { recursive: true });

const panels = ["explain", "access", "compare", "review", "exercises"];
const started = (page) => page.waitForFunction(() => window.dsplan !== undefined, undefined, { timeout: 60000 });

const checkLooks = async (browser) => {
    for (const colorScheme of ["light", "dark"]) {
        const { context, page, seen } = await open(browser, file, { colorScheme });
        await started(page);
        for (const panel of panels) {
            const name = `${panel} ${colorScheme}`;
            await page.locator(`#tab-${panel}`).click();
            for (const width of [1280, 390]) {
                await checkWidth(name, page, width, out);
                await checkAccessible(`${name} ${width}`, page);
            }
            if (colorScheme === "light") await page.pdf({ path: path.join(out, `${panel}.pdf`), format: "A4" });
        }
        checkQuiet(colorScheme, file, seen);
        await context.close();
    }
};

const type = async (page, field, text) => {
    await page.locator(field).fill(text);
    await page.waitForTimeout(250); // a little after the last key the answer comes
};

const checkReading = async (page) => {
    await type(page, "#descriptor", "D:(A;;RPWP;;;AU)(D;;WP;;;BG)");
    check("explain", "shows the words of an ACE", (await page.locator("#explain-page").textContent()).includes("Authenticated Users"));
    await page.locator('#explain-page .sddl [data-part="dacl-1-rights"]').hover();
    const lit = await page.evaluate(() => [...document.querySelectorAll(".lit")].map((each) => `${each.localName} ${each.dataset.part}`));
    check("explain", "lights text, words and octets together",
        lit.includes("tr dacl-1-rights") && lit.filter((each) => each.startsWith("span")).length === 2, lit.join(", "));
    await type(page, "#descriptor", "D:(A;;RPWP;;;AU)(D;;ZZ;;;BG)");
    const problem = await page.locator("#explain-problem").textContent();
    check("explain", "says what is wrong, and where", problem.startsWith("error: column 21: expected rights") && problem.includes("^^ rights"), problem);
    check("explain", "marks the field", (await page.locator("#descriptor").getAttribute("aria-invalid")) === "true");
    check("explain", "shows no old answer", (await page.locator("#explain-page").textContent()) === "");
    await type(page, "#descriptor", "<img src=x onerror=alert(1)>");
    check("explain", "takes markup for text", (await page.locator("main img").count()) === 0);
};

const text = (page) => page.locator("#descriptor").inputValue();

const checkEditing = async (page) => {
    await type(page, "#descriptor", "D:(A;;RPWP;;;AU)(D;;WP;;;BG)");
    await page.getByRole("button", { name: "Move ACE 2 up" }).click();
    check("edit", "moves an ACE", (await text(page)) === "D:(D;;WP;;;BG)(A;;RPWP;;;AU)", await text(page));
    await page.getByRole("button", { name: "Remove ACE 1" }).focus();
    await page.keyboard.press("Enter");
    check("edit", "removes an ACE by keyboard", (await text(page)) === "D:(A;;RPWP;;;AU)", await text(page));
    const focus = await page.evaluate(() => document.activeElement.getAttribute("aria-label"));
    check("edit", "keeps the keyboard where it was", focus === "Remove ACE 1", focus);
    await page.locator("#add-who").fill("AO");
    await page.locator("#add-right").fill("Reset Password");
    await page.locator("#add-where").fill("descendant user objects");
    await page.getByRole("button", { name: "Add the ACE" }).click();
    const added = "D:(OA;CIIO;CR;00299570-246d-11d0-a768-00aa006e0529;bf967aba-0de6-11d0-a285-00aa003049e2;AO)(A;;RPWP;;;AU)";
    check("edit", "adds an ACE in words", (await text(page)) === added, await text(page));
    await page.locator("#add-right").fill("Reset Pasword");
    await page.getByRole("button", { name: "Add the ACE" }).click();
    const problem = await page.locator("#add-problem").textContent();
    check("edit", "names the nearest right", problem.includes("Reset Password"), problem);
    check("edit", "changes nothing on an error", (await text(page)) === added);
};

const checkAsking = async (page) => {
    await page.locator("#tab-access").click();
    await type(page, "#access-descriptor", "D:(D;;WP;;;BG)(A;;RPWP;;;AU)");
    check("access", "says no, and by which ACE", (await page.locator("#access-page .verdict .sentence").textContent()) === "no: ACE 1 denies WP");
    check("access", "lights the deciding ACE alone", (await page.locator("#access-page .stack .denies, #access-page .stack .allows").count()) === 1);
    await type(page, "#token", "AU");
    check("access", "says yes without the group", (await page.locator("#access-page .verdict .sentence").textContent()).startsWith("yes"));
    await page.locator("#tab-compare").click();
    check("compare", "names what differs", (await page.locator("#compare-page").textContent()).includes("Authenticated Users"));
    await page.locator("#tab-review").click();
    check("review", "reviews the change", (await page.locator("#review-page").textContent()).includes("CN=Helpdesk"));
    await type(page, "#changes", "dn: CN=x\nchangetype: modify\nadd member\n");
    check("review", "shows a broken file as broken", /not be read|error/.test(await page.locator("#panel-review").textContent()));
};

const checkTabs = async (page) => {
    await page.locator("#tab-explain").click();
    for (const name of [...panels.slice(1), panels[0]]) {
        await page.keyboard.press("ArrowRight");
        check("tabs", `the arrow opens ${name}`, await page.locator(`#panel-${name}`).isVisible());
    }
};

// Every choice is tried: exactly one set of them is right, and the program says which.
const checkExercises = async (page) => {
    await page.locator("#tab-exercises").click();
    const boxes = await page.locator(".exercise").all();
    check("exercises", "are fifteen or more", boxes.length >= 15, `${boxes.length}`);
    let number = 0;
    for (const box of boxes) {
        number += 1;
        const name = `exercise ${number}`;
        check(name, "has hints", (await box.locator("details summary").count()) > 0);
        const inputs = await box.locator("fieldset input").all();
        if (inputs.length === 0) continue;
        const isMany = (await inputs[0].getAttribute("type")) === "checkbox";
        let right = 0;
        for (let chosen = 0; chosen < (isMany ? 2 ** inputs.length : inputs.length); chosen += 1) {
            for (const [place, input] of inputs.entries())
                if (isMany) await input.setChecked((chosen >> place) % 2 === 1);
                else if (place === chosen) await input.check();
            await box.getByRole("button", { name: "Check" }).click();
            right += (await box.locator(".verdict-line.good").count()) > 0 ? 1 : 0;
        }
        check(name, "has one right answer", right === 1, `${right}`);
    }
};

const solutions = {
    "Put the deny where it counts": "D:(D;;WP;;;BG)(A;;RPWP;;;AU)",
    "Delegate one right": "D:(A;;RP;;;AU)(OA;;CR;00299570-246d-11d0-a768-00aa006e0529;;AO)",
    "Nobody deletes it": "D:(D;;SD;;;WD)(A;;GA;;;BA)(A;;RP;;;AU)",
    "Sales only": 'D:(XA;;RPWP;;;AU;(@User.Department == "Sales"))',
};

const checkWriting = async (page) => {
    const written = await page.locator(".exercise:has(textarea)").all();
    check("exercises", "each list to write has a solution here", written.length === Object.keys(solutions).length, `${written.length}`);
    for (const box of written) {
        const title = (await box.locator("h3").textContent()).replace(/^\d+\. /, "");
        check(title, "is not solved at the start", !(await box.getAttribute("class")).includes("solved"));
        await box.locator("textarea").fill(solutions[title]);
        await page.waitForTimeout(250);
        check(title, "is solved by its solution", (await box.getAttribute("class")).includes("solved"), await box.textContent());
    }
};

const sameAnswers = async (page, name, calls) => {
    const answers = await page.evaluate((all) => all.map(({ words, input, files }) => window.dsplan.run(words, { input, files })), calls);
    const folder = path.join(out, "files");
    mkdirSync(folder, { recursive: true });
    let same = 0;
    calls.forEach(({ words, input = "", files = {} }, place) => {
        for (const [each, content] of Object.entries(files)) writeFileSync(path.join(folder, each), content);
        const { status, stdout, stderr } = spawnSync(program, words, { input, cwd: folder, encoding: "utf8" });
        const answer = answers[place];
        if (answer.status === status && answer.out === stdout && answer.err === stderr) same += 1;
        else check(name, "answers as the program does", false, `${words.join(" ")} < ${input}: ${JSON.stringify(answer).slice(0, 300)} ${JSON.stringify({ status, stdout, stderr }).slice(0, 300)}`);
    });
    check(name, `gives the answers of the program (${calls.length})`, same === calls.length, `${same}`);
};

const checkAnswers = async (page) => {
    const texts = Array.from({ length: 1000 }, descriptor);
    await sameAnswers(page, "explain", texts.map((input) => ({ words: ["explain", "-", "--json"], input })));
    await sameAnswers(page, "access", texts.map((each) => ({ words: ["access", "--descriptor", each, "--as", "S-1-5-21-1-2-3-1105,AU,BG", "--class", "user", "--right", "write description", "--trace", "--json"] })));
    await sameAnswers(page, "diff", texts.slice(0, 200).map((each, place) => ({ words: ["diff", each, texts[place + 1], "--format", "html"] })));
    const read = (name) => readFileSync(path.join(root, "testdata/review", name), "utf8");
    await sameAnswers(page, "review", ["delegation", "hostile-base"].flatMap((name) => [[], ["--base", "base.ldf"]].map((base) => (
        { words: ["review", "changes.ldf", ...base, "--format", "html"], files: { "changes.ldf": read(`${name}/changes.ldf`), "base.ldf": read(`${name}/base.ldf`) } }))));
};

check("page", "has at most 2 MB", statSync(file).size <= 2 << 20, `${statSync(file).size}`);
const browser = await launch();
try {
    await checkLooks(browser);
    const { context, page, seen } = await open(browser, file, {});
    await started(page);
    await checkReading(page);
    await checkEditing(page);
    await checkAsking(page);
    await checkTabs(page);
    await checkExercises(page);
    await checkWriting(page);
    await checkAnswers(page);
    checkQuiet("in use", file, seen);
    await context.close();
} finally {
    await browser.close();
}
finish(true);
