// The panels: what is typed goes to the program, and the page that it writes stands below.
const byId = (id) => document.getElementById(id);

const made = (tag, properties = {}, ...children) => {
    const element = Object.assign(document.createElement(tag), properties);
    element.append(...children);
    return element;
};

// What the program says on its error stream: first lines in words, places and carets as they stand.
const showProblem = (id, text, fields = []) => {
    const box = byId(id);
    const isError = /^error: /m.test(text);
    box.replaceChildren();
    for (const field of fields) field.setAttribute("aria-invalid", String(isError));
    if (text.trim() === "") return;
    const problem = made("div", { className: isError ? "problem" : "problem warning" });
    let lines = [];
    const flush = () => {
        if (lines.length > 0) {
            const code = made("code", { tabIndex: 0, textContent: lines.join("\n") });
            code.setAttribute("role", "group");
            code.setAttribute("aria-label", "the place");
            problem.append(code);
        }
        lines = [];
    };
    for (const line of text.trimEnd().split("\n")) {
        if (line.startsWith("    ")) {
            lines.push(line);
            continue;
        }
        flush();
        problem.append(made("div", { textContent: line }));
    }
    flush();
    box.append(problem);
};

// A page that the program wrote, without its style and script: this page has them.
const parsed = (html) =>
    new DOMParser().parseFromString(html.replace(/<(style|script)>[^]*?<\/\1>/g, ""), "text/html");

// The content of a page that the program wrote, below the headings of this one.
const showPage = (id, html) => {
    const box = byId(id);
    const page = parsed(html).querySelector("main");
    page.querySelectorAll("h1").forEach((heading) => heading.replaceWith(made("h2", { textContent: heading.textContent })));
    const opened = [...box.querySelectorAll("details")].map((each) => each.open);
    box.replaceChildren(...page.childNodes);
    box.querySelectorAll("details").forEach((each, place) => { each.open = opened[place] ?? each.open; });
    box.classList.remove("stale");
    box.dispatchEvent(new CustomEvent("dsplan-added", { bubbles: true }));
};

const clearPage = (id) => byId(id).replaceChildren();

// An old answer beside a fault of the input would be taken for its answer.
const show = (name, { status, out, err }, fields) => {
    showProblem(`${name}-problem`, err, fields);
    if (status === 2) clearPage(`${name}-page`);
    else showPage(`${name}-page`, out);
};

// A little after the last key.
const soon = (action) => {
    let timer = 0;
    return () => {
        clearTimeout(timer);
        timer = setTimeout(action, 150);
    };
};

const given = (option, value) => (value.trim() === "" ? [] : [option, value.trim()]);
const forms = { words: null };

// ---- reading and editing

const examples = [
    ["An organizational unit", "O:DAG:DAD:PAI(OD;CI;WP;bf967950-0de6-11d0-a285-00aa003049e2;bf967aba-0de6-11d0-a285-00aa003049e2;BG)(A;CI;RPLCLORC;;;AU)(A;;CCDCLCSWRPWPDTLOCRSDRCWDWO;;;BA)"],
    ["A deny behind an allow", "O:BAG:BAD:(A;;RPWP;;;AU)(D;;WP;;;BG)"],
    ["Reset Password for users below", "O:BAG:BAD:(OA;CIIO;CR;00299570-246d-11d0-a768-00aa006e0529;bf967aba-0de6-11d0-a285-00aa003049e2;AO)(A;;GA;;;SY)"],
    ["A condition", 'O:BAG:BAD:(XA;;RPWP;;;AU;(@User.Department == "Sales"))'],
    ["Audit", "O:BAG:BAD:(A;;GA;;;BA)S:(AU;SAFA;WDWO;;;WD)"],
    ["A folder", "O:BAG:SYD:PAI(A;OICI;FA;;;SY)(A;OICI;FA;;;BA)(A;OICI;0x1200a9;;;BU)"],
    ["A service", "D:(A;;CCLCSWRPWPDTLOCRRC;;;SY)(A;;CCLCSWLOCRRC;;;IU)"],
    ["A NULL list", "D:NO_ACCESS_CONTROL"],
];

const domainWords = () => given("--domain-sid", byId("domain").value);
const descriptorText = () => byId("descriptor").value;

const setDescriptor = (text) => {
    byId("descriptor").value = text;
    explainNow();
};

// The list as the program reads it, changed, and written by the program again.
const changeList = (change) => {
    const read = engine.json(["convert", "-", "--to", "json", ...domainWords()], { input: descriptorText() });
    if (read.problem !== undefined) return;
    delete read.sddl;
    read.dacl ??= { revision: 2, aces: [] };
    change(read.dacl.aces);
    const needsObjects = read.dacl.aces.some(({ type }) => type >= 5);
    read.dacl.revision = needsObjects ? 4 : read.dacl.revision;
    read.control |= 4; // there is a list now
    const written = engine.run(["convert", "-", "--from", "json", "--to", "sddl", ...domainWords()], { input: JSON.stringify(read) });
    if (written.status === 0) setDescriptor(written.out.trim());
    else showProblem("add-problem", written.err);
};

const moveAce = (place, by) =>
    changeList((aces) => aces.splice(place + by, 0, ...aces.splice(place, 1)));

const aceButton = (text, label, disabled, action) => {
    const button = made("button", { type: "button", textContent: text, disabled });
    button.setAttribute("aria-label", label);
    button.addEventListener("click", action);
    return button;
};

const aceSentence = ({ effect, who, may, applies_to: where, condition, inherited }) =>
    `${effect} ${who}: ${may}; ${where}${condition ? `, if ${condition}` : ""}${inherited ? " (inherited)" : ""}`;

const focusAce = (place, name) => {
    const rows = byId("ace-list").children;
    const row = rows[Math.min(place, rows.length - 1)];
    const wanted = row?.querySelector(`[data-does="${name}"]:not(:disabled)`) ?? row?.querySelector("button:not(:disabled)");
    (wanted ?? byId("descriptor")).focus();
};

const showAces = (explained) => {
    const aces = explained.problem === undefined ? explained.dacl.aces : [];
    byId("ace-list").replaceChildren(...aces.map((ace, place) => {
        const buttons = [
            ["up", "Up", `Move ACE ${place + 1} up`, place === 0, () => { moveAce(place, -1); focusAce(place - 1, "up"); }],
            ["down", "Down", `Move ACE ${place + 1} down`, place === aces.length - 1, () => { moveAce(place, 1); focusAce(place + 1, "down"); }],
            ["remove", "Remove", `Remove ACE ${place + 1}`, false, () => { changeList((all) => all.splice(place, 1)); focusAce(place, "remove"); }],
        ].map(([name, ...rest]) => {
            const button = aceButton(...rest);
            button.dataset.does = name;
            return button;
        });
        return made("li", {}, made("span", { className: "sentence", textContent: aceSentence(ace) }), ...buttons.flatMap((each) => [each, " "]));
    }));
};

const explainNow = () => {
    if (descriptorText().trim() === "") {
        showProblem("explain-problem", "", [byId("descriptor")]);
        clearPage("explain-page");
        byId("ace-list").replaceChildren();
        return;
    }
    const words = ["explain", "-", ...given("--for", byId("kind").value), ...domainWords()];
    show("explain", engine.run([...words, "--html"], { input: descriptorText() }), [byId("descriptor")]);
    showAces(engine.json([...words, "--json"], { input: descriptorText() }));
    byId("access-descriptor").value = descriptorText();
};

const addAce = (event) => {
    event.preventDefault();
    const written = engine.ask({
        what: "aces", effect: byId("add-effect").value, who: byId("add-who").value.trim(), right: byId("add-right").value,
        applies_to: byId("add-where").value, domain: byId("domain").value.trim(),
    });
    const fields = { who: byId("add-who"), right: byId("add-right"), applies_to: byId("add-where") };
    for (const field of Object.values(fields)) field.setAttribute("aria-invalid", "false");
    if (written.error !== undefined) {
        showProblem("add-problem", `error: ${written.error}\n${written.detail}`, [fields[written.field]]);
        return;
    }
    showProblem("add-problem", "");
    const added = engine.json(["convert", "-", "--to", "json", ...domainWords()], { input: `D:${written.aces.join("")}` });
    const place = byId("add-place").value;
    changeList((aces) => aces.splice(place === "top" ? 0 : aces.length, 0, ...added.dacl.aces));
};

const startExplain = () => {
    byId("kind").append(made("option", { value: "", textContent: "what its rights give away" }),
        ...forms.words.kinds.map(({ name, words }) => made("option", { value: name, textContent: words })));
    byId("example").append(...examples.map(([name], place) => made("option", { value: String(place), textContent: name })));
    byId("accounts").append(...forms.words.accounts.filter(({ value }) => value !== "")
        .map(({ name, value }) => made("option", { value, label: name })));
    byId("rights").append(...forms.words.rights.map((value) => made("option", { value })));
    byId("places").append(...forms.words.applies_to.map((value) => made("option", { value })));
    for (const id of ["descriptor", "domain"]) byId(id).addEventListener("input", soon(explainNow));
    byId("kind").addEventListener("change", explainNow);
    byId("example").addEventListener("change", () => setDescriptor(examples[Number(byId("example").value)][1]));
    byId("add-form").addEventListener("submit", addAce);
    setDescriptor(examples[0][1]);
};

// ---- who may

const accessWords = ({ descriptor, token, right, objectClass = "", self = "", claim = "" }) => [
    "access", "--descriptor", descriptor, "--as", token, "--right", right, ...given("--class", objectClass), ...given("--self", self),
    ...given("--user-claim", claim), ...domainWords()];

const accessNow = () => {
    const descriptor = byId("access-descriptor");
    if (descriptor.value.trim() === "" || byId("token").value.trim() === "" || byId("right").value.trim() === "") {
        showProblem("access-problem", "");
        clearPage("access-page");
        return;
    }
    const words = accessWords({
        descriptor: descriptor.value.trim(), token: byId("token").value.trim(), right: byId("right").value.trim(),
        objectClass: byId("class").value, self: byId("self").value, claim: byId("claim").value });
    show("access", engine.run([...words, "--trace", "--html"]), [descriptor]);
};

const startAccess = () => {
    byId("token").value = "AU,BG";
    byId("right").value = "write description";
    for (const id of ["access-descriptor", "token", "right", "class", "self", "claim"])
        byId(id).addEventListener("input", soon(accessNow));
};

// ---- comparing

const compareNow = () => {
    const [before, after] = [byId("before"), byId("after")];
    if (before.value.trim() === "" || after.value.trim() === "") {
        showProblem("compare-problem", "");
        clearPage("compare-page");
        return;
    }
    show("compare", engine.run(["diff", before.value.trim(), after.value.trim(), "--format", "html", ...domainWords()]), [before, after]);
};

const startCompare = () => {
    byId("before").value = "D:(A;;RP;;;AU)(A;;GA;;;BA)";
    byId("after").value = "D:(A;;RPWP;;;AU)(A;;GA;;;BA)";
    for (const id of ["before", "after"]) byId(id).addEventListener("input", soon(compareNow));
};

// ---- reviewing

const sampleChanges = `dn: CN=Helpdesk,OU=Sales,DC=contoso,DC=com
changetype: modify
add: member
member: CN=Anna,OU=Sales,DC=contoso,DC=com
-

dn: CN=Anna,OU=Sales,DC=contoso,DC=com
changetype: modify
replace: userAccountControl
userAccountControl: 4194816
-
`;

const sampleBase = `dn: DC=contoso,DC=com
objectClass: top
objectClass: domain
objectClass: domainDNS
objectSid: S-1-5-21-1111111111-2222222222-3333333333

dn: OU=Sales,DC=contoso,DC=com
objectClass: top
objectClass: organizationalUnit

dn: CN=Anna,OU=Sales,DC=contoso,DC=com
objectClass: top
objectClass: person
objectClass: organizationalPerson
objectClass: user
sAMAccountName: anna
objectSid: S-1-5-21-1111111111-2222222222-3333333333-1105
userAccountControl: 512

dn: CN=Helpdesk,OU=Sales,DC=contoso,DC=com
objectClass: top
objectClass: group
sAMAccountName: Helpdesk
groupType: -2147483646
objectSid: S-1-5-21-1111111111-2222222222-3333333333-1106
`;

const reviewNow = () => {
    const [changes, base] = [byId("changes"), byId("base")];
    if (changes.value.trim() === "") {
        showProblem("review-problem", "");
        clearPage("review-page");
        return;
    }
    const files = { "changes.ldf": changes.value, "base.ldf": base.value };
    const with_base = base.value.trim() === "" ? [] : ["--base", "base.ldf"];
    show("review", engine.run(["review", "changes.ldf", ...with_base, "--format", "html"], { files }), [changes]);
};

const startReview = () => {
    byId("changes").value = sampleChanges;
    byId("base").value = sampleBase;
    for (const id of ["changes", "base"]) byId(id).addEventListener("input", soon(reviewNow));
};
