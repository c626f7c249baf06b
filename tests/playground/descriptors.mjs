// Descriptors by chance, the same ones every time: lists of ACEs of every common kind, some of them broken.
const random = (() => {
    let state = 20240229;
    return (below) => {
        state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
        return Math.floor((state / 2 ** 32) * below);
    };
})();

const one = (list) => list[random(list.length)];
const some = (list) => list.filter(() => random(3) === 0).join("");

const trustees = ["AU", "WD", "BA", "SY", "BG", "BU", "PS", "CO", "OW", "DA", "S-1-5-21-1-2-3-1105", "S-1-5-32-548", "S-1-9-7"];
const types = ["", "00299570-246d-11d0-a768-00aa006e0529", "bf967950-0de6-11d0-a285-00aa003049e2", "e48d0154-bcf8-11d1-8702-00c04fb96050",
    "bf967aba-0de6-11d0-a285-00aa003049e2", "12345678-1234-1234-1234-123456789abc"];
const classes = ["", "bf967aba-0de6-11d0-a285-00aa003049e2", "bf967a86-0de6-11d0-a285-00aa003049e2"];
const rights = ["CC", "DC", "LC", "SW", "RP", "WP", "DT", "LO", "CR", "SD", "RC", "WD", "WO", "GA", "GR", "FA"];
const flags = ["CI", "OI", "NP", "IO", "ID"];
const conditions = ['(@User.Department == "Sales")', "(Member_of {SID(BA)})", "(@User.Level >= 3 && !(@Device.Managed == 1))"];

const mask = () => (random(6) === 0 ? `0x${random(2 ** 31).toString(16)}` : some(rights) || "RP");

const ace = () => {
    const kind = random(10);
    if (kind === 0) return `(XA;${some(flags)};${mask()};;;${one(trustees)};${one(conditions)})`;
    if (kind < 4) return `(${one(["OA", "OD"])};${some(flags)};${mask()};${one(types)};${one(classes)};${one(trustees)})`;
    return `(${one(["A", "D"])};${some(flags)};${mask()};;;${one(trustees)})`;
};

const broken = (text) => {
    const at = random(text.length);
    return random(2) === 0 ? text.slice(0, at) + text.slice(at + 1) : text.slice(0, at) + one([..."(;)X9Ü"]) + text.slice(at);
};

export const descriptor = () => {
    const owner = random(2) === 0 ? `O:${one(trustees)}` : "";
    const group = random(3) === 0 ? `G:${one(trustees)}` : "";
    const list = `D:${one(["", "P", "AI", "PAI"])}${Array.from({ length: random(6) }, ace).join("")}`;
    const audit = random(5) === 0 ? `S:(AU;SAFA;${mask()};;;${one(trustees)})` : "";
    const whole = owner + group + list + audit;
    return random(10) === 0 ? broken(whole) : whole;
};
