// Pointing at a part of the text, the table or the octets, or reaching it by keyboard, lights what says the same elsewhere.
// "dacl-1" is all of "dacl-1-type", "dacl-1-rights" and so on.
(() => {
    const partsOf = (element) => element.dataset.part.split(" ");
    const says = (one, other) => one === other || other.startsWith(`${one}-`);
    const light = (target) => {
        const wanted = target === null ? [] : partsOf(target);
        for (const each of document.querySelectorAll("[data-part]:not([data-part=''])"))
            each.classList.toggle("lit", partsOf(each).some((part) => wanted.some((one) => says(one, part))));
    };
    const holderOf = (event) => {
        const found = event.target.closest("[data-part]");
        return found !== null && found.dataset.part !== "" ? found : null;
    };
    for (const name of ["pointerover", "focusin"])
        document.addEventListener(name, (event) => light(holderOf(event)));
    for (const name of ["pointerleave", "focusout"]) document.addEventListener(name, () => light(null));
})();
