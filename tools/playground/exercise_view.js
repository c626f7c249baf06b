// Exercises: the program's own answers are what counts as right.
const accessOf = (asked) => accessWords({ ...asked, objectClass: "user" });
const isHeld = (asked) => {
    const { status, err } = engine.run(accessOf(asked));
    return status === 2 ? { problem: err } : { answer: status === 0 };
};

const explained = (descriptor) => engine.json(["explain", "-", "--json"], { input: descriptor });
const sentenceOf = (ace) => aceSentence(explained(`D:${ace}`).dacl.aces[0]);

const decidingAce = (asked) => {
    const { granted, steps } = JSON.parse(engine.run([...accessOf(asked), "--trace", "--json"]).out);
    const decisive = steps.filter(({ outcome }) => outcome === (granted ? "allows" : "denies"));
    return decisive.length === 0 ? "none of them" : `ACE ${decisive.at(-1).ace + 1}`;
};

const acesOf = (descriptor) => explained(descriptor).dacl.aces.map((ace, place) => `ACE ${place + 1}`);

const effectiveBelow = (descriptor) => {
    const { out } = engine.run(["explain", "-", "--html"], { input: descriptor });
    const drawing = parsed(out).querySelector(".drawing");
    if (drawing === null) return [];
    const labels = [...drawing.querySelectorAll("text:not(.note)")].slice(1).map((each) => each.textContent);
    return labels.filter((_, place) => !drawing.querySelectorAll(".note")[place].textContent.startsWith("0 "));
};

// Each kind: the question, what there is to choose from, and the right choices.
const kinds = {
    may: (asked) => ({ question: `May an account with the token ${asked.token} ${asked.right}${asked.self ? `, where the object is ${asked.self}` : ""}${asked.claim ? `, with the claim ${asked.claim}` : ""}?`,
        choices: ["yes", "no"], right: [isHeld(asked).answer ? "yes" : "no"] }),
    decides: (asked) => ({ question: `An account with the token ${asked.token} asks to ${asked.right}. Which ACE decides?`,
        choices: [...acesOf(asked.descriptor), "none of them"], right: [decidingAce(asked)] }),
    words: ({ ace, others }) => ({ question: "What does this ACE say?",
        choices: [ace, ...others].map(sentenceOf).sort(), right: [sentenceOf(ace)] }),
    below: ({ descriptor }) => ({ question: "On which new objects below does something of it take effect?", several: true,
        choices: ["user", "computer", "organizational unit"], right: effectiveBelow(descriptor) }),
    risky: ({ descriptor }) => ({ question: "Which ACE is a danger?", choices: acesOf(descriptor),
        right: explained(descriptor).risks.map(({ ace }) => `ACE ${ace + 1}`) }),
};

const traceOf = (asked) => engine.run([...accessOf(asked), "--trace"]).out;

const hintsOf = ({ hints }) => hints.map((hint, place) =>
    made("details", {}, made("summary", { textContent: hints.length > 1 ? `Hint ${place + 1}` : "Hint" }), made("p", { textContent: hint })));

const solved = new Set();
const showScore = () => { byId("score").textContent = `${solved.size} of ${exercises.length} solved.`; };
const setSolved = (box, place, isSolved) => {
    box.classList.toggle("solved", isSolved);
    if (isSolved) solved.add(place);
    else solved.delete(place);
    showScore();
};

const verdictLine = (isRight, text) =>
    made("p", { className: `verdict-line ${isRight ? "good" : "bad"}`, textContent: `${isRight ? "✓" : "✗"} ${text}` });

const choiceExercise = (exercise, place, box) => {
    const { question, choices, several = false } = kinds[exercise.kind](exercise);
    const group = made("fieldset", {}, made("legend", { textContent: question }));
    for (const choice of choices)
        group.append(made("label", {}, made("input", { type: several ? "checkbox" : "radio", name: `exercise-${place}`, value: choice }), ` ${choice}`));
    const button = made("button", { type: "button", textContent: "Check" });
    const answer = made("div");
    answer.setAttribute("role", "status");
    button.addEventListener("click", () => {
        const chosen = [...group.querySelectorAll("input:checked")].map(({ value }) => value);
        if (chosen.length === 0 && !several) return answer.replaceChildren(made("p", { textContent: "Choose an answer first." }));
        const { right } = kinds[exercise.kind](exercise);
        const isRight = chosen.join("|") === right.join("|");
        setSolved(box, place, isRight);
        answer.replaceChildren(verdictLine(isRight, isRight ? "Right." : "Not yet."));
        if (isRight && "token" in exercise)
            answer.append(made("details", {}, made("summary", { textContent: "The check, step by step" }), made("pre", { className: "scroll", tabIndex: 0, textContent: traceOf(exercise) })));
    });
    box.append(made("code", { className: "given", textContent: exercise.descriptor ?? exercise.ace }), group, button, answer);
};

const goalWords = ({ token, right, claim, may }) => `${token}${claim ? ` with ${claim}` : ""} ${may ? "may" : "may not"} ${right}`;

const reached = (goal, descriptor) => {
    const { problem, answer } = isHeld({ ...goal, descriptor });
    return problem === undefined ? { isRight: answer === goal.may, text: goalWords(goal) } : { isRight: false, text: problem.trim() };
};

const writeExercise = (exercise, place, box) => {
    const id = `exercise-text-${place}`;
    const field = made("textarea", { id, rows: 3, spellcheck: false, value: exercise.start });
    const goals = made("ul");
    const status = made("div", {}, goals);
    status.setAttribute("role", "status");
    const check = () => {
        const results = exercise.goals.map((goal) => reached(goal, field.value.trim()));
        if (exercise.isOrdered) results.push({ isRight: explained(field.value).dacl?.canonical_order ?? false, text: "the ACEs are in canonical order" });
        const isSolved = results.every(({ isRight }) => isRight);
        const problem = results.find(({ text }) => text.startsWith("error: "));
        goals.replaceChildren(...(problem ? [made("li", {}, made("pre", { className: "scroll", tabIndex: 0, textContent: problem.text }))]
            : results.map(({ isRight, text }) => made("li", {}, verdictLine(isRight, text)))));
        setSolved(box, place, isSolved);
    };
    field.addEventListener("input", soon(check));
    box.append(made("div", { className: "entry" }, made("label", { htmlFor: id, textContent: "Change the list until all of this holds:" }), field), status);
    check();
};

const startExercises = () => {
    byId("exercise-list").append(...exercises.map((exercise, place) => {
        const box = made("section", { className: "exercise" }, made("h3", { textContent: `${place + 1}. ${exercise.title}` }));
        (exercise.kind === "write" ? writeExercise : choiceExercise)(exercise, place, box);
        box.append(...hintsOf(exercise));
        return box;
    }));
    showScore();
};
