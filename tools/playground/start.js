// Tabs, as the patterns of WAI-ARIA have them, and the start of everything.
const panels = ["explain", "access", "compare", "review", "exercises"];
const refresh = { explain: () => {}, access: accessNow, compare: compareNow, review: reviewNow, exercises: () => {} };

const openPanel = (name) => {
    for (const each of panels) {
        const tab = byId(`tab-${each}`);
        tab.setAttribute("aria-selected", String(each === name));
        tab.tabIndex = each === name ? 0 : -1;
        byId(`panel-${each}`).hidden = each !== name;
    }
    refresh[name]();
};

const startTabs = () => {
    panels.forEach((name, place) => {
        const tab = byId(`tab-${name}`);
        tab.addEventListener("click", () => openPanel(name));
        tab.addEventListener("keydown", (event) => {
            const to = { ArrowRight: place + 1, ArrowLeft: place - 1, Home: 0, End: panels.length - 1 }[event.key];
            if (to === undefined) return;
            event.preventDefault();
            const next = panels[(to + panels.length) % panels.length];
            byId(`tab-${next}`).focus();
            openPanel(next);
        });
    });
};

document.querySelectorAll("form").forEach((form) => form.addEventListener("submit", (event) => event.preventDefault()));

engine.start().then(() => {
    forms.words = engine.ask({ what: "words" });
    startExplain();
    startAccess();
    startCompare();
    startReview();
    startExercises();
    startTabs();
    openPanel("explain");
    byId("loading").remove();
    byId("program-page").hidden = false;
    window.dsplan = engine;
}, (fault) => {
    byId("loading").textContent = `The program does not start here: ${fault}. A browser of 2023 or later is needed.`;
});
