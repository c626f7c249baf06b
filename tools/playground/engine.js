"use strict";
// The program in WebAssembly: answers what it is asked with the words, files and exit statuses of the command line.
const engine = (() => {
    let module = null;

    const unpack = async (text) => {
        const packed = Uint8Array.from(atob(text.trim()), (letter) => letter.charCodeAt(0));
        const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream("gzip"));
        return new Uint8Array(await new Response(stream).arrayBuffer());
    };

    const start = async () => {
        const wasmBinary = await unpack(document.getElementById("program").textContent);
        module = await loadDsplan({ wasmBinary });
    };

    const ask = (call) => JSON.parse(module.ccall("dsplan_answer", "string", ["string"], [JSON.stringify(call)]));
    const run = (words, { input = "", files = {} } = {}) => ask({ what: "run", arguments: words, input, files });
    const json = (words, given) => {
        const { status, out, err } = run(words, given);
        return status === 2 ? { problem: err } : JSON.parse(out);
    };

    return { start, ask, run, json };
})();
