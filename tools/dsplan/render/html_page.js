"use strict";
// Tables of class "sortable" sort by a column when its heading is chosen, those of class "filterable" get a field that
// keeps the rows with all its words. Without scripts the tables stand as they are.
(() => {
    const rowsToFilter = 8; // fewer are seen at a glance
    const compare = new Intl.Collator("en", { numeric: true, sensitivity: "base" }).compare;
    const textOf = (row, column) => row.cells[column].textContent.trim();

    const sortBy = (table, heading, column) => {
        const ascending = heading.getAttribute("aria-sort") !== "ascending";
        for (const other of table.tHead.rows[0].cells) other.removeAttribute("aria-sort");
        heading.setAttribute("aria-sort", ascending ? "ascending" : "descending");
        const rows = [...table.tBodies[0].rows];
        rows.sort((a, b) => (ascending ? 1 : -1) * compare(textOf(a, column), textOf(b, column)));
        table.tBodies[0].append(...rows);
    };

    const addSorting = (table) => {
        [...table.tHead.rows[0].cells].forEach((heading, column) => {
            const button = document.createElement("button");
            button.type = "button";
            button.append(...heading.childNodes);
            button.addEventListener("click", () => sortBy(table, heading, column));
            heading.append(button);
        });
    };

    const filter = (table, words, count) => {
        let shown = 0;
        for (const row of table.tBodies[0].rows) {
            const text = row.textContent.toLowerCase();
            row.hidden = !words.every((word) => text.includes(word));
            shown += row.hidden ? 0 : 1;
        }
        count.textContent = `${shown} of ${table.tBodies[0].rows.length} rows`;
    };

    const addFilter = (table) => {
        const box = document.createElement("div");
        const label = document.createElement("label");
        const field = document.createElement("input");
        const count = document.createElement("output");
        box.className = "filter";
        field.type = "search";
        field.id = label.htmlFor = `filter-${document.querySelectorAll(".filter").length}`;
        label.textContent = "Show rows with";
        field.addEventListener("input", () =>
            filter(table, field.value.toLowerCase().split(/\s+/).filter(Boolean), count));
        box.append(label, field, count);
        (table.closest(".scroll") ?? table).before(box);
    };

    const enhance = (part) => {
        part.querySelectorAll("table.sortable").forEach(addSorting);
        part.querySelectorAll("table.filterable").forEach((table) => {
            if (table.tBodies[0].rows.length >= rowsToFilter) addFilter(table);
        });
    };
    enhance(document);
    // Where a page takes in parts of others.
    document.addEventListener("dsplan-added", (event) => enhance(event.target));
})();
