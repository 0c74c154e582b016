package io.thespace.workflow.dsl;

import io.thespace.workflow.document.DataFlow.Loop;
import io.thespace.workflow.document.StepModel.Caught;
import io.thespace.workflow.document.StepModel.Kind;
import io.thespace.workflow.dsl.Place.Named;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;

/** Reads tasks: the flow between them here, and what each one does by {@link EffectReader}. */
final class TaskReader {

    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_-]{0,59}");
    private static final Pattern VARIABLE = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,59}");
    private static final Set<String> DIRECTIVES = Set.of("continue", "exit", "end");
    private static final int MAX_TURNS = 1000;
    private static final int MAX_DEPTH = 10;

    /** In this order: {@code for} has a {@code do}, too. */
    private static final List<String> TYPES =
            List.of("for", "try", "call", "do", "emit", "fork", "listen", "raise", "run", "set", "switch", "wait");

    private static final Set<String> COMMON = Set.of("if", "input", "output", "export", "timeout", "then", "metadata");

    /** A task while it is read. */
    record Task(String name, String type, Place place, Scope scope, TaskList list) {}

    /** The entry and the exits of a task. */
    record Read(String entry, List<Exit> exits) {}

    private final Graph graph;
    private final EffectReader effects;
    private final CatchReader catches;
    private final DataReader data;
    private final List<Exit> ending = new ArrayList<>();
    private final Set<String> names = new HashSet<>();

    TaskReader(Graph graph, Place use) {
        this.graph = graph;
        this.catches = new CatchReader(graph, use);
        this.data = new DataReader(graph);
        this.effects = new EffectReader(graph, catches, use);
    }

    /** The tasks of the workflow; what leads to its end. */
    List<Exit> workflow(Place tasks, List<Exit> in) {
        List<Exit> exits = new ArrayList<>(list(tasks, in, Scope.WORKFLOW, 1).exits());
        exits.addAll(ending);
        return exits;
    }

    private Read list(Place tasks, List<Exit> in, Scope scope, int depth) {
        if (!tasks.list()) {
            return new Read("", in);
        }
        if (depth > MAX_DEPTH) {
            tasks.refuse("is nested more than %d deep".formatted(MAX_DEPTH));
            return new Read("", in);
        }
        TaskList list = new TaskList(graph, ending);
        String entry = null;
        List<Exit> open = in;
        for (Place item : tasks.items()) {
            Read read = item(item, open, scope, list, depth);
            entry = entry == null ? read.entry() : entry;
            open = read.exits();
        }
        list.close();
        List<Exit> exits = new ArrayList<>(open);
        exits.addAll(list.leaving);
        return new Read(entry, exits);
    }

    /** Reads one item of a list: an object whose only member is the task by its name. */
    private Read item(Place item, List<Exit> in, Scope scope, TaskList list, int depth) {
        if (!item.node().isObject() || item.node().size() != 1) {
            item.refuse("must be an object with one member, the task by its name");
            return new Read("", in);
        }
        Named named = item.members().get(0);
        Place place = named.place();
        if (!NAME.matcher(named.name()).matches() || DIRECTIVES.contains(named.name())) {
            place.refuse("needs a name of letters, digits, '_' and '-', at most 60, that begins with a letter or '_'"
                    + " and is none of continue, exit and end");
        } else if (!names.add(named.name())) {
            place.refuse("has the name of another task; names are unique in a document here");
        }
        String type = type(place);
        if (type == null) {
            return new Read("", in);
        }
        Read read = task(new Task(named.name(), type, place, scope, list), in, depth);
        list.begins(named.name(), read.entry());
        return read;
    }

    private static String type(Place place) {
        if (!place.node().isObject()) {
            place.refuse("must be an object");
            return null;
        }
        List<String> types = TYPES.stream().filter(place::has).toList();
        if (types.isEmpty()) {
            place.refuse("is not a task of the DSL: it needs one of " + String.join(", ", TYPES));
            return null;
        }
        String type = types.get(0);
        Set<String> own =
                switch (type) {
                    case "for" -> Set.of("for", "while", "do");
                    case "try" -> Set.of("try", "catch");
                    case "call" -> Set.of("call", "with");
                    case "listen" -> Set.of("listen", "foreach");
                    default -> Set.of(type);
                };
        for (Named member : place.members()) {
            if (!own.contains(member.name()) && !COMMON.contains(member.name())) {
                member.place().refuse("does not belong to a task with " + type);
            }
        }
        return type;
    }

    // What all tasks have
    // -----------------------------------------------------------------------------------------

    private Read task(Task task, List<Exit> in, int depth) {
        Place place = task.place();
        List<Exit> open = in;
        String entry = null;
        List<Exit> next = new ArrayList<>();
        String condition = JqText.expression(place.at("if"), task.scope().variables());
        if (condition != null) {
            Step check =
                    graph.add(task.name() + ".if", Kind.EXCLUSIVE, task.name(), place.at("if"), task.scope(), open);
            entry = check.element;
            open = List.of(new Exit(check.element, condition, false));
            // A skipped task continues with the next one, whatever its own directive.
            next.add(new Exit(check.element, null, true));
        }
        if (place.has("timeout") && !effects.waits(task)) {
            place.at("timeout")
                    .notSupported("only approvals, listen tasks for one event and run tasks that wait have time limits"
                            + " of their own");
        }
        Read body = effects.isService(task) ? service(task, open) : other(task, open, depth);
        next.addAll(0, task.list().direct(place.at("then"), body.exits(), task.scope()));
        return new Read(entry == null ? body.entry() : entry, next);
    }

    /** A task that is one step, which changes its data itself. */
    private Read service(Task task, List<Exit> in) {
        Step step = effects.service(task, in);
        step.bearing = true;
        step.from = DataReader.from(task.place(), task.scope());
        step.as = DataReader.as(task.place(), task.scope());
        catches.attach(step);
        return new Read(step.element, data.export(task, step, effects.exits(task, step)));
    }

    /** A task of several steps, or one that waits: what changes its data are steps of their own. */
    private Read other(Task task, List<Exit> in, int depth) {
        String from = DataReader.from(task.place(), task.scope());
        List<Exit> open = in;
        Step before = null;
        boolean records = task.type().equals("try");
        boolean marks = task.type().equals("do")
                && (task.place().has("output") || task.place().has("export"));
        if (from != null || records || marks) {
            before = graph.compute(
                    records || marks ? task.name() : task.name() + ".in",
                    ".",
                    task.name(),
                    task.place(),
                    task.scope(),
                    open);
            before.name = records || marks ? task.name() : null;
            before.bearing = true;
            before.from = from;
            open = Exit.of(before);
        }
        String as = DataReader.as(task.place(), task.scope());
        Function<List<Exit>, Read> body =
                switch (task.type()) {
                    case "do" -> exits -> list(task.place().at("do"), exits, task.scope(), depth + 1);
                    case "for" -> exits -> loop(task, exits, depth);
                    case "fork" -> exits -> fork(task, exits, as, depth);
                    case "switch" -> exits -> choice(task, exits);
                    default -> exits -> effects.waiting(task, exits, as);
                };
        Read read = before != null && records ? block(task, before, open, depth) : body.apply(open);
        String entry = before == null ? read.entry() : before.element;
        List<Exit> exits = read.exits();
        if (as != null && !Set.of("fork", "listen").contains(task.type())) {
            Step out = graph.compute(task.name() + ".out", as, task.name(), task.place(), task.scope(), exits);
            out.bearing = true;
            out.inputOf = graph.step(entry);
            exits = Exit.of(out);
        }
        return new Read(entry, data.export(task, graph.step(entry), exits));
    }

    // Tasks of tasks
    // -----------------------------------------------------------------------------------------

    private Read choice(Task task, List<Exit> in) {
        Step gateway = graph.add(task.name(), Kind.EXCLUSIVE, task.name(), task.place(), task.scope(), in);
        gateway.name = task.name();
        Place cases = task.place().at("switch");
        List<Exit> next = new ArrayList<>();
        if (!cases.list()) {
            return new Read(gateway.element, next);
        }
        boolean otherwise = false;
        boolean conditions = false;
        for (Place item : cases.items()) {
            if (!item.node().isObject() || item.node().size() != 1) {
                item.refuse("must be an object with one member, the case by its name");
                continue;
            }
            Place one = item.members().get(0).place();
            if (!one.object("when", "then")) {
                continue;
            }
            String when = JqText.expression(one.at("when"), task.scope().variables());
            if (when == null && otherwise) {
                one.refuse("is a second case without when");
            }
            if (!one.has("then")) {
                one.at("then").refuse("is needed");
            }
            conditions |= when != null;
            otherwise |= when == null;
            next.addAll(task.list()
                    .direct(one.at("then"), List.of(new Exit(gateway.element, when, when == null)), task.scope()));
        }
        if (!otherwise) {
            next.add(new Exit(gateway.element, null, conditions));
        }
        return new Read(gateway.element, next);
    }

    private Read loop(Task task, List<Exit> in, int depth) {
        Place place = task.place();
        Place of = place.at("for");
        if (!of.object("each", "in", "at")) {
            return new Read("", in);
        }
        String items = JqText.expression(of.at("in"), task.scope().variables());
        if (items == null) {
            of.at("in").refuse("is needed");
        }
        Step collection = graph.compute(
                task.name(),
                "(%s) | if type != \"array\" then error(\"for.in gave no list\") elif length > %d then error(\"for.in gave more than %d items\") else . end"
                        .formatted(items, MAX_TURNS, MAX_TURNS),
                task.name(),
                place,
                task.scope(),
                in);
        collection.name = task.name();
        Loop loop = new Loop(
                collection.element,
                task.name() + ".next",
                variable(of.at("each"), "item"),
                variable(of.at("at"), "index"));
        Scope inside = task.scope().in(loop);
        Step turn = graph.compute(
                loop.turn(),
                "{index: ($%1$s + 1), more: ($%1$s + 1 < length)}".formatted(loop.at()),
                task.name(),
                place,
                inside,
                Exit.of(collection));
        turn.sources = List.of(collection.element);
        Step more = graph.add(task.name() + ".more", Kind.EXCLUSIVE, task.name(), place, inside, Exit.of(turn));
        more.sources = List.of(turn.element);
        List<Exit> over = new ArrayList<>(List.of(new Exit(more.element, null, true)));
        List<Exit> open = List.of(new Exit(more.element, ".more", false));
        String condition = JqText.expression(place.at("while"), inside.variables());
        if (condition != null) {
            Step check =
                    graph.add(task.name() + ".while", Kind.EXCLUSIVE, task.name(), place.at("while"), inside, open);
            over.add(new Exit(check.element, null, true));
            open = List.of(new Exit(check.element, condition, false));
        }
        Read body = list(place.at("do"), open, inside, depth + 1);
        graph.connect(body.exits(), turn.element);
        return new Read(collection.element, over);
    }

    private static String variable(Place place, String usual) {
        String name = place.text();
        if (name != null && !VARIABLE.matcher(name).matches()) {
            place.refuse("must be a name of letters, digits and '_'");
        }
        return name == null ? usual : name;
    }

    private Read fork(Task task, List<Exit> in, String as, int depth) {
        Place fork = task.place().at("fork");
        if (!fork.object("branches", "compete")) {
            return new Read("", in);
        }
        if (fork.at("compete").flag()) {
            fork.at("compete").notSupported("branches do not race each other; all of them complete");
        }
        if (!task.scope().tries().isEmpty()) {
            fork.refuse("is not supported inside of a try: an error would have to end the other branches;"
                    + " put a try into each branch");
        }
        Step split = graph.add(task.name(), Kind.PARALLEL, task.name(), task.place(), task.scope(), in);
        split.name = task.name();
        List<Exit> joined = new ArrayList<>();
        if (fork.at("branches").list()) {
            for (Place item : fork.at("branches").items()) {
                joined.addAll(branch(item, split, task.scope().branch(), depth));
            }
        }
        Step join = graph.add(task.name() + ".join", Kind.PARALLEL, task.name(), task.place(), task.scope(), joined);
        Step out = graph.compute(task.name() + ".out", ".", task.name(), task.place(), task.scope(), Exit.of(join));
        out.joins = true;
        out.bearing = true;
        out.as = as;
        out.inputOf = split;
        return new Read(split.element, Exit.of(out));
    }

    /** The single arrow that connects a branch to the join. */
    private List<Exit> branch(Place item, Step split, Scope scope, int depth) {
        TaskList alone = new TaskList(graph, ending);
        Read read = item(item, Exit.of(split), scope, alone, depth + 1);
        alone.close();
        List<Exit> exits = new ArrayList<>(read.exits());
        exits.addAll(alone.leaving);
        if (exits.size() == 1
                && exits.get(0).condition() == null
                && !exits.get(0).otherwise()) {
            return exits;
        }
        Step merge = graph.add(read.entry() + ".end", Kind.EXCLUSIVE, read.entry(), item, scope, exits);
        return Exit.of(merge);
    }

    private Read block(Task task, Step entry, List<Exit> in, int depth) {
        Place catching = task.place().at("catch");
        if (!catching.object("errors", "as", "when", "exceptWhen", "retry", "do")) {
            return new Read(entry.element, in);
        }
        Caught caught = catches.read(catching, variable(catching.at("as"), "error"), task.scope());
        TryBlock block = new TryBlock(entry, caught);
        boolean handles = catching.has("do") || !catching.has("retry");
        Scope inside = handles ? task.scope().in(block) : task.scope();
        Read body = list(task.place().at("try"), in, inside, depth + 1);
        if (catching.has("retry")) {
            catches.retry(task.place().at("try"), catching.at("retry"), caught);
        }
        List<Exit> exits = new ArrayList<>(body.exits());
        if (handles && block.events.isEmpty()) {
            catching.refuse("can catch nothing: its try holds no call, emit, run, set or raise task and no time limit");
        }
        if (catching.has("do")) {
            Scope after = task.scope().after(block.error());
            exits.addAll(list(catching.at("do"), block.exits, after, depth + 1).exits());
        } else {
            exits.addAll(block.exits);
        }
        return new Read(entry.element, exits);
    }
}
